import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {children, type Expression} from '../../server/promql/expression.ts'
import {masked, tokens} from '../../server/promql/lexer.ts'
import {parse, secondsOf, unquoted} from '../../server/promql/parse.ts'
import {readPromql} from '../../server/promql/read.ts'
import {regexError} from '../../server/promql/regex.ts'
import {Random} from '../document/random.ts'
import {realistic} from './queries.ts'

/** A query with its findings drawn below it: carets, words, and what a fix would write. */
function drawn(query: string): readonly string[] {
  return readPromql(query).findings.map(({start, end, message, change}) => {
    const part = query.slice(start, end) || `behind ${query.slice(0, start)}`
    return `${part}: ${message}${change ? ` → ${query.slice(0, change.start)}${change.text}${query.slice(change.end)}` : ''}`
  })
}

describe('queries that are right', () => {
  for (const [where, queries] of Object.entries(realistic))
    test(where, () => {
      for (const query of queries) assert.deepEqual(drawn(query), [], query)
      for (const query of queries) assert.ok(readPromql(query).expression, query)
    })
})

describe('queries that are wrong', () => {
  const cases: readonly (readonly [string, ...string[]])[] = [
    ['sum(rate(x[5m))', '): A ] is missing before this ): [ is still open.'],
    ['sum(rate(x[5m])', '(: This ( is never closed: a ) is missing.'],
    ['sum(x))', '): Nothing is open that this ) could close.'],
    ['x{job="shop}', '"shop}: This " is never closed on its line.'],
    ['rates(x[5m])', 'rates: PromQL has no function rates. Did you mean rate? → rate(x[5m])'],
    ['Rate(x[5m])', 'Rate: PromQL has no function Rate. Did you mean rate? → rate(x[5m])'],
    ['frobnicate_nothing(x)', 'frobnicate_nothing: PromQL has no function frobnicate_nothing.'],
    [
      'holt_winters(x[1h], 0.5, 0.5)',
      'holt_winters: PromQL has no function holt_winters. Did you mean double_exponential_smoothing? → double_exponential_smoothing(x[1h], 0.5, 0.5)',
    ],
    ['rate(x)', 'x: rate needs a range of time: x[${window}]. → rate(x[${window}])'],
    ['rate(sum(x))', 'sum(x): rate needs a range of time: (…)[${window}:].'],
    ['sum(x_total[5m])', 'x_total[5m]: sum takes one value a series, and this is a range of time. Put rate(…) around it, or take the range out.'],
    [
      'sum(x[5m])',
      'x[5m]: sum takes one value a series, and this is a range of time. Take the range out, or put a function such as avg_over_time(…) around it.',
    ],
    ['abs(1)', '1: abs takes an instant vector as v, and this is a number.'],
    ['topk(x, 3)', 'x: topk takes a number as k, and this is an instant vector.', '3: topk takes an instant vector as v, and this is a number.'],
    ['rate(x[5m], 2)', 'rate(x[5m], 2): rate takes 1 argument and gets 2: rate(v: range): vector.'],
    [
      'label_join(x, "a")',
      'label_join: label_join takes 3 or more arguments and gets 2: label_join(v: vector, to: string, separator: string, from: string…): vector.',
    ],
    ['round()', 'round: round takes 1 to 2 arguments and gets 0: round(v: vector, to?: scalar): vector.'],
    ['sum(a)[5m]', '5m: Only a metric has samples to look back at. For anything calculated, write a subquery: [5m:]. → sum(a)[5m:]'],
    ['a[5m][1h:]', 'a[5m]: A subquery is made of an instant vector; this is a range of time already.'],
    ['sum(a) offset 5m', 'sum(a): offset belongs directly behind a metric, its range or a subquery.'],
    ['-a[5m]', 'a[5m]: - needs a number or an instant vector, and this is a range of time.'],
    ['a and 1', '1: and joins instant vectors, and this is a number.'],
    ['a + "b"', '"b": + needs a number or an instant vector, and this is text in quotes.'],
    ['1 > 2', '>: Between two numbers a comparison needs bool: > bool. → 1 > bool 2'],
    ['a + bool b', 'bool: bool belongs behind a comparison, and + is none.'],
    ['a * on(b) 2', 'on(b): on matches series with series, and one side is a number.'],
    ['a or on(b) group_left c', 'on(b) group_left: group_left does not go with or, which always matches many with many.'],
    ['a * on(b) group_left(b) c', 'on(b) group_left(b): The label b stands in on and in group_left. Take it out of one of them.'],
    ['a = 1', '=: Numbers are compared with ==; = compares labels inside {}. → a == 1'],
    ['a =~ "b"', '=~: =~ compares labels inside {}, not numbers.'],
    ['a && b', '&&: PromQL writes and, not &&. → a and b'],
    ['a || b', '||: PromQL writes or, not ||. → a or b'],
    ['a b', 'b: An operator is missing between a and b.'],
    ['a /', '/: Something is missing after /.'],
    ['/ a', '/: Something is missing before /.'],
    ['a + * b', '*: Something is missing between + and *.'],
    ['sum()', 'sum: sum takes 1 argument and gets 0: sum(v: vector): vector.'],
    ['()', '): Something is missing before this ).'],
    ['x{job=shop}', 'shop: The value of a label stands in quotes: "shop". → x{job="shop"}'],
    ['x{code=500}', '500: The value of a label stands in quotes: "500". → x{code="500"}'],
    ['x{a="1" b="2"}', 'b: A comma is missing before b. → x{a="1", b="2"}'],
    ['x{a=="1"}', '==: Labels are compared with =, =~, != and !~, not with ==. → x{a="1"}'],
    ['x{a~="1"}', '~=: A regular expression is compared with =~, not with ~=. → x{a=~"1"}'],
    ['x{a}', 'a: A label is compared with =, =~, != or !~ and a value in quotes: a="…".'],
    ['x{a=}', '=: The value after = is missing.'],
    ['sum by job (x)', 'job: Labels stand in parentheses: by (job). → sum by (job) (x)'],
    ['x[5min]', '5min: 5min is no duration. Write it as 30s, 5m or 1h30m.'],
    [
      'rate(x[$__rate_interval])',
      '$__rate_interval: $__rate_interval is a variable of Grafana and is not filled in here. Write ${window}. → rate(x[${window}])',
    ],
    ['x{job="$job"} + $job', '$job: $job is a variable of Grafana and is not filled in here. Write ${namespace} or another variable of a progression.'],
    ['x{n="{{ns}}"}', '{{ns}}: {{ns}} is a template of another tool and is not filled in here. Write a variable such as ${namespace}.'],
    ['rate(x[${window)', '$: This ${ is never closed. Write a variable such as ${namespace}.'],
    ['x $${window}', '$${: $${ stands for ${ itself, which PromQL does not know. Write ${ for a variable.'],
    ['{}', '{}: Prometheus refuses to look through every metric. Name one, or compare a label with a value that is not empty.'],
    ['{a!="b", c=~".*"}', '{a!="b", c=~".*"}: Prometheus refuses to look through every metric. Name one, or compare a label with a value that is not empty.'],
    ['x{__name__="y"}', '__name__="y": The metric has two names: x and y.'],
    ['x{a=~"(b"}', '(b: A ) is missing in this regular expression.'],
    [
      'x[5m]',
      'x[5m]: A gate judges one number, and this answers every sample of a range of time. Put a function such as rate(…) or max_over_time(…) around it.',
    ],
    ['"x"', '"x": A gate judges a number, and this answers text.'],
  ]
  for (const [query, ...expected] of cases) test(query, () => assert.deepEqual(drawn(query), expected))

  test('what a fix writes is right, or wrong somewhere else', () => {
    for (const [query] of cases) {
      for (const {start, change} of readPromql(query).findings) {
        if (!change) continue
        const text = query.slice(0, change.start) + change.text + query.slice(change.end)
        assert.ok(
          readPromql(text).findings.every(one => one.start !== start || one.change === undefined),
          text,
        )
      }
    }
  })
})

test('nothing is said of a query that is empty or only a comment, and there is nothing to judge', () => {
  for (const query of ['', '  \n', '# later\n']) assert.deepEqual([readPromql(query).findings, readPromql(query).expression], [[], undefined])
})

test('any text is read without a crash, with findings inside of it', () => {
  const random = new Random(11)
  const pieces = [
    ...Object.values(realistic)
      .flat()
      .join(' ')
      .matchAll(/\w+|[^\w\s]|\s/g),
  ].map(([piece]) => piece)
  for (let round = 0; round < 3000; round++) {
    const query = Array.from({length: random.below(14)}, () => random.of(pieces)).join('')
    for (const {start, end, message} of readPromql(query).findings) {
      assert.ok(start >= 0 && end >= start && end <= query.length, `${query} ${start} ${end}`)
      assert.doesNotMatch(message, /undefined|NaN/, query)
    }
  }
})

test('a query that is typed is read at each of its beginnings', () => {
  for (const query of Object.values(realistic).flat())
    for (let end = 0; end <= query.length; end += 3) assert.doesNotThrow(() => readPromql(query.slice(0, end)))
})

test('variables are replaced by what the grammar takes there, of the same length', () => {
  const mask = (query: string): string => masked(query, tokens(query))
  assert.equal(mask('rate(x[${window}])'), 'rate(x[11111111s])')
  assert.equal(mask('x[${window}:30s] offset -${window}'), 'x[11111111s:30s] offset -11111111s')
  assert.equal(mask('x @ ${release}'), 'x @ 1111111111')
  assert.equal(mask('http_${env.A}_total{a="${b}"} + ${c}'), 'http_v________total{a="${b}"} + v___')
  assert.equal(mask('up # ${window}'), 'up # ${window}')
})

/** The tree with every row in parentheses. */
function nested(expression: Expression): string {
  const inner = children(expression).map(nested)
  const [first = ''] = inner
  switch (expression.kind) {
    case 'binary':
      return `(${inner.join(` ${expression.operator} `)})`
    case 'unary':
      return `(${expression.operator}${first})`
    case 'range':
      return `${first}[${expression.period.text}]`
    case 'subquery':
      return `${first}[${expression.period.text}:${expression.step?.text ?? ''}]`
    case 'moved':
      return `${first} ${expression.how}`
    case 'group':
      return first
    case 'selector':
      return expression.name?.text ?? '{}'
    case 'number':
      return String(expression.value)
    case 'call':
    case 'aggregation':
      return `${expression.name}(${inner.join(', ')})`
    default:
      return expression.kind
  }
}

test('operators bind as Prometheus says, and offsets belong to what is directly before them', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['-a ^ b', '(-(a ^ b))'],
    ['-a * b', '((-a) * b)'],
    ['a ^ -b * c', '((a ^ (-b)) * c)'],
    ['a or b and c unless d', '(a or ((b and c) unless d))'],
    ['a > b + 1 and c == d', '((a > (b + 1)) and (c == d))'],
    ['a * b atan2 c % d', '(((a * b) atan2 c) % d)'],
    ['a / b offset 5m', '(a / b offset 5m)'],
    ['a + b offset 5m * c', '(a + (b offset 5m * c))'],
    ['1 - a offset 5m / b offset -5m', '(1 - (a offset 5m / b offset -5m))'],
    ['sum(a[5m] offset 1h) / sum(b) @ 10 > 2', '((sum(a[5m] offset 1h) / sum(b) @ 10) > 2)'],
    ['-a[5m]', '(-a[5m])'],
    ['a - b[5m:1m] @ end()', '(a - b[5m:1m] @ end())'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a == bool b != c', '((a == b) != c)'],
  ]
  for (const [query, tree] of cases) assert.equal(nested(parse(query).expression), tree)
})

test('every part of a tree lies inside the one above it', () => {
  const inside = (expression: Expression): void => {
    for (const child of children(expression)) {
      assert.ok(child.start >= expression.start && child.end <= expression.end && child.start < child.end, JSON.stringify(child))
      inside(child)
    }
  }
  for (const query of Object.values(realistic).flat()) inside(parse(query).expression)
})

test('tokens cover everything but white space', () => {
  for (const query of Object.values(realistic).flat()) {
    const covered = tokens(query)
      .map(({start, end}) => query.slice(start, end))
      .join('')
    assert.equal(covered.replace(/\s/g, ''), query.replace(/\s/g, ''))
  }
})

test('durations, numbers and text are what Prometheus takes them for', () => {
  assert.deepEqual(['5m', '1h30m', '1d', '2w', '500ms', '15', '1.5'].map(secondsOf), [300, 5400, 86_400, 1_209_600, 0.5, 15, 1.5])
  assert.deepEqual(['5min', '', 'm', '1.5h'].map(secondsOf), [undefined, undefined, undefined, undefined])
  const valueIn = (query: string): unknown => Object(parse(query).expression).value
  assert.deepEqual(['1e3', '0x1F', '.5', '1_000', '-Inf', '5m'].map(valueIn), [1000, 31, 0.5, 1000, Number.NEGATIVE_INFINITY, 300])
  assert.deepEqual(['"a\\"b"', "'a\\'b'", '`a\\n`', '"\\x41\\u00e9\\101\\n"'].map(unquoted), ['a"b', "a'b", 'a\\n', 'AéA\n'])
})

test('only what RE2 surely refuses is called no regular expression', () => {
  for (const right of ['5..', '.*', '', '[4-5].*', '(a|b)', '(?i)error', '(?:a)', '[[:alpha:]]+', '\\d+\\(', 'a{2,3}', '[^]]', '|a', 'a??'])
    assert.equal(regexError(right), undefined, right)
  for (const wrong of ['(?!a)', '(?<=a)b', '(a)\\1', '*', '(+', 'a|*', '(a', 'a)', '[a']) assert.ok(regexError(wrong), wrong)
})
