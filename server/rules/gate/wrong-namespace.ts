import {knownValue} from '../../model/fact.ts'
import type {Environment, Progression} from '../../model/progression.ts'
import {remembered} from '../../model/remembered.ts'
import {type Expression, type Matcher, partsOf, type Selector, selectorsIn} from '../../promql/expression.ts'
import {changeIn, placeIn, type QueryOf, queriesOf, usesByName} from '../queries.ts'
import {defineRule, type Report} from '../rule.ts'
import {inWords} from '../words.ts'

/** Labels that hold the namespace something was measured in. That of a caller is not meant. */
const namespaceLabel = /^((kubernetes|kube|k8s|exported|destination|destination_service|destination_workload)_)?namespace(_name)?$/

/** Queries that ask about an environment other than the one they judge, or about all of them at once. */
export const gateWrongNamespace = defineRule({
  title: 'Query asks another namespace',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const asked of queriesOf(progression)) {
      const {expression} = asked.read
      if (!expression) continue
      const judged = environmentsOf(asked, progression)
      for (const selector of selectorsIn(expression)) for (const matcher of selector.matchers) literal(matcher, asked, judged, progression, report)
      unevenSides(expression, asked, report)
      sameForAll(expression, asked, judged, report)
    }
  },
})

/** The environments a query is asked for. */
function environmentsOf({name, use, role}: QueryOf, progression: Progression): readonly Environment[] {
  const uses = (usesByName(progression).get(name) ?? []).filter(one =>
    use ? one.use === use : !(role === 'query' ? one.use.overrides.query : one.use.overrides.traffic),
  )
  return [...new Set(uses.map(({environment}) => environment))]
}

/** The namespaces an environment runs in; undefined where one of them is not known. */
const namespacesOf = remembered(({targets}: Environment): readonly string[] | undefined => {
  const found = targets.items.map(({namespace}) => knownValue(namespace))
  return targets.open.length === 0 && found.length > 0 && found.every(one => one !== undefined) ? found : undefined
})

function literal(
  {label, operator, value, valueAt, known, start, end}: Matcher,
  asked: QueryOf,
  judged: readonly Environment[],
  progression: Progression,
  report: Report,
): void {
  if (!namespaceLabel.test(label) || (operator !== '=' && operator !== '=~')) return
  const isName = value === '${environment}' || value === '${target}'
  if (!known && !isName) return
  const asks = isName ? [] : operator === '=' ? [value] : /^[\w|-]+$/.test(value) ? value.split('|') : []
  const found = (message: string): void => {
    const at = placeIn(asked, valueAt)
    report(at, message, {fix: changeIn(asked, at, {start, end, text: `${label}="\${namespace}"`}, 'Change to ${namespace}')})
  }
  for (const environment of judged) {
    const own = namespacesOf(environment)
    if (!own) continue
    if (isName) {
      const filled = value === '${environment}' ? [environment.name] : environment.targets.items.map(({name}) => name)
      if (filled.some(name => own.includes(name))) continue
      found(`${asked.name} asks namespace ${inWords(filled)}, and ${environment.name} runs in ${inWords([...new Set(own)])}. Write \${namespace}.`)
      return
    }
    const others = progression.environments.items.filter(
      other => other !== environment && asks.some(name => namespacesOf(other)?.includes(name) && !own.includes(name)),
    )
    if (others.length === 0) continue
    const names = inWords(others.map(other => other.name))
    const asksOwn = asks.some(name => own.includes(name))
    found(
      asksOwn
        ? `${asked.name} judges ${environment.name} together with ${names}: it asks namespaces ${inWords(asks)}. Write \${namespace}.`
        : `${asked.name} judges ${environment.name} and asks namespace ${inWords(asks)}, which is that of ${names}. Write \${namespace}.`,
    )
    return
  }
}

const familyOf = ({name}: Selector): string | undefined => (name?.known ? name.text.replace(/_(bucket|count|sum)$/, '') : undefined)

/** One side of a quotient asks a namespace, the other asks the same metric everywhere. */
function unevenSides(expression: Expression, asked: QueryOf, report: Report): void {
  for (const part of partsOf(expression)) {
    if (part.kind !== 'binary' || part.operator !== '/') continue
    const [left, right] = [selectorsIn(part.left), selectorsIn(part.right)]
    const matcherIn = (selectors: readonly Selector[], family: string): Matcher | undefined =>
      selectors.filter(one => familyOf(one) === family).flatMap(({matchers}) => matchers.find(({label}) => namespaceLabel.test(label)) ?? [])[0]
    for (const selector of [...left, ...right]) {
      const family = familyOf(selector)
      const matcher = family && matcherIn(left.includes(selector) ? right : left, family)
      if (!family || !matcher || selector.matchers.some(({label}) => namespaceLabel.test(label)) || isJoinedBy(expression, matcher.label)) continue
      const at = placeIn(asked, selector.name ?? selector)
      const text = asked.read.text.slice(matcher.start, matcher.end)
      const inside = selector.braces && selector.braces.start + 1
      const change = inside
        ? {start: inside, end: inside, text: selector.matchers.length > 0 ? `${text},` : text}
        : {start: selector.end, end: selector.end, text: `{${text}}`}
      report(at, `${asked.name} divides one namespace by all of them: ${selector.name?.text} has no ${matcher.label} here. Add ${text}.`, {
        fix: changeIn(asked, at, change, `Add ${text}`),
      })
    }
  }
}

/** Sides that are grouped or matched by a label meet only where it is the same. */
const isJoinedBy = (expression: Expression, label: string): boolean =>
  partsOf(expression).some(
    one =>
      (one.kind === 'aggregation' && (one.grouping?.kind === 'without' || one.grouping?.labels.includes(label))) ||
      (one.kind === 'binary' && one.matching !== undefined),
  )

/** Nothing in the query depends on the environment, and one Prometheus answers for several of them. */
function sameForAll(expression: Expression, asked: QueryOf, judged: readonly Environment[], report: Report): void {
  if (asked.role !== 'query' || selectorsIn(expression).length === 0) return
  if (/\$\{\s*(?!window\s*\})/.test(asked.read.text)) return
  const byCluster = Map.groupBy(judged, ({targets}) => knownValue(targets.items[0]?.cluster ?? {state: 'absent', at: asked.at}))
  for (const [cluster, environments] of byCluster) {
    if (cluster === undefined || environments.length < 2) continue
    const names = environments.flatMap(environment => [environment.name, ...(namespacesOf(environment) ?? [])])
    if (names.some(name => asked.read.text.includes(name))) continue
    report(
      asked.gate?.at ?? asked.at,
      `${asked.name} asks the same for ${inWords(environments.map(({name}) => name))}, which share the cluster ${cluster}: nothing in its query depends on the environment. Match namespace="\${namespace}".`,
      {
        level: 'hint',
        related: [{at: asked.at, message: 'The query.'}],
      },
    )
    return
  }
}
