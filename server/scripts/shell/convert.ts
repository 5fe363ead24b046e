import type {Node} from 'web-tree-sitter'
import type {Span} from '../span.ts'
import {testOf} from './convert-tests.ts'
import {wordBetween, wordOf} from './convert-words.ts'
import type {Assignment, Branch, CaseItem, Program, Redirect, Statement, Word} from './syntax.ts'

/** From the tree of the grammar to plain data, so that the tree can be freed. What is not known becomes `other`. */
export function convert(root: Node, text: string): Program {
  const comments: Span[] = []
  for (const node of root.descendantsOfType('comment')) if (node) comments.push(span(node))
  return {statements: statements(root), shebang: /^#!([^\r\n]*)/.exec(text)?.[1]?.trim(), comments}
}

const span = ({startIndex, endIndex}: Node): Span => ({start: startIndex, end: endIndex})
const word = (node: Node): Word => wordOf(node, statements)
const children = (node: Node): readonly Node[] => node.children.filter(child => child !== null)

/** The statements directly below a node, in order; `&` behind one puts it into the background. */
function statements(holder: Node): readonly Statement[] {
  return sequence(children(holder))
}

function sequence(nodes: readonly Node[]): readonly Statement[] {
  const found: Statement[] = []
  for (const node of nodes) {
    if (node.type === '&') {
      const body = found.pop()
      if (body) found.push({kind: 'background', body, start: body.start, end: body.end})
    } else if (node.isNamed && node.type !== 'comment') found.push(...statement(node))
  }
  return found
}

function statement(node: Node): readonly Statement[] {
  const at = span(node)
  switch (node.type) {
    case 'command':
      return command(node)
    case 'variable_assignment':
      return [{...at, kind: 'simple', assignments: [assignment(node)], words: []}]
    case 'variable_assignments':
      return [{...at, kind: 'simple', assignments: node.namedChildren.flatMap(child => (child ? [assignment(child)] : [])), words: []}]
    case 'declaration_command':
      return [declaration(node)]
    case 'unset_command':
      return [{...at, kind: 'simple', assignments: [], words: children(node).map(child => (child.isNamed ? word(child) : plainWord(child)))}]
    case 'redirected_statement':
      return redirected(node)
    case 'pipeline':
      return [pipeline(statements(node), at)]
    case 'list':
      return [list(node)]
    case 'negated_command':
      return [{...at, kind: 'not', body: whole(statements(node), at)}]
    case 'compound_statement': {
      const open = node.child(0)?.type === '((' ? node.child(0) : undefined
      if (!open) return [{...at, kind: 'group', body: statements(node)}]
      return [{...at, kind: 'arithmetic', expression: wordBetween(node, open.endIndex, node.endIndex - 2, statements)}]
    }
    case 'subshell':
      return [{...at, kind: 'subshell', body: statements(node)}]
    case 'test_command': {
      const [expression] = node.namedChildren
      if (node.child(0)?.type === '((') return [{...at, kind: 'arithmetic', expression: wordBetween(node, node.startIndex + 2, node.endIndex - 2, statements)}]
      return [{...at, kind: 'test', expression: expression ? testOf(expression, statements) : {kind: 'other'}}]
    }
    case 'if_statement':
      return [conditional(node)]
    case 'while_statement':
      return [{...at, kind: 'while', until: node.child(0)?.type === 'until', condition: sequence(conditionOf(node)), body: body(node)}]
    case 'for_statement': {
      const name = node.childForFieldName('variable')?.text ?? ''
      const words = node.childrenForFieldName('value').flatMap(child => (child ? [word(child)] : []))
      if (node.child(0)?.type === 'select') return [{...at, kind: 'count', body: body(node)}]
      return [{...at, kind: 'for', name, words: children(node).some(({type}) => type === 'in') ? words : undefined, body: body(node)}]
    }
    case 'c_style_for_statement':
      return [{...at, kind: 'count', body: body(node)}]
    case 'case_statement':
      return [caseStatement(node)]
    case 'function_definition': {
      const inner = node.childForFieldName('body')
      const read = inner ? statement(inner) : []
      return [{...at, kind: 'function', name: node.childForFieldName('name')?.text ?? '', body: whole(read, at)}]
    }
    default:
      return [{...at, kind: 'other'}]
  }
}

const whole = (read: readonly Statement[], at: Span): Statement => {
  const [only] = read
  return read.length === 1 && only ? only : {...at, kind: 'group', body: read}
}

/** The grammar gives `!` to the first command of a pipe, and a shell to all of it. */
function pipeline(parts: readonly Statement[], at: Span): Statement {
  const [first, ...others] = parts
  return first?.kind === 'not' ? {...at, kind: 'not', body: {...at, kind: 'pipeline', parts: [first.body, ...others]}} : {...at, kind: 'pipeline', parts}
}

const plainWord = (node: Node): Word => ({...span(node), parts: [{kind: 'text', text: node.text, quoted: false}]})

function command(node: Node): readonly Statement[] {
  const assignments: Assignment[] = []
  const words: Word[] = []
  const redirects: Redirect[] = []
  let named: Node | undefined
  for (const child of children(node)) {
    if (child.type === 'variable_assignment') assignments.push(assignment(child))
    else if (/redirect$/.test(child.type)) redirects.push(redirect(child))
    else if (child.isNamed) {
      named ??= child
      words.push(word(child))
    }
  }
  const at = span(node)
  const last = assignments.at(-1)
  // The grammar takes assignments of one line and the command of the next for one.
  const isSplit = last && named && /(^|[^\\])\n/.test(node.text.slice(last.end - node.startIndex, named.startIndex - node.startIndex))
  const simple: Statement = isSplit
    ? {start: named?.startIndex ?? at.start, end: at.end, kind: 'simple', assignments: [], words}
    : {...at, kind: 'simple', assignments, words}
  const statement: Statement = redirects.length > 0 ? {...at, kind: 'redirected', body: simple, redirects} : simple
  return isSplit ? [{start: at.start, end: last.end, kind: 'simple', assignments, words: []}, statement] : [statement]
}

function assignment(node: Node): Assignment {
  const value = node.childForFieldName('value')
  const name = node.childForFieldName('name')?.text ?? ''
  const appended = children(node).some(({type}) => type === '+=')
  if (value?.type === 'array') return {...span(node), name, values: value.namedChildren.flatMap(child => (child ? [word(child)] : [])), appended}
  return {...span(node), name, value: value ? word(value) : undefined, appended}
}

function declaration(node: Node): Statement {
  const named = node.namedChildren.filter(child => child !== null)
  const assignments = named.filter(({type}) => type === 'variable_assignment').map(assignment)
  const words = named.filter(({type}) => type !== 'variable_assignment').map(word)
  return {...span(node), kind: 'declaration', word: node.child(0)?.text ?? '', assignments, words}
}

function redirect(node: Node): Redirect {
  const destination = node.childForFieldName('destination') ?? node.namedChildren.at(-1)
  if (node.type === 'herestring_redirect') return {kind: 'text', word: destination ? word(destination) : undefined}
  if (node.type === 'heredoc_redirect') return {kind: 'text'}
  const sign = children(node).find(({isNamed}) => !isNamed)?.type ?? ''
  if (sign.includes('&') && !/[<]/.test(sign) && destination?.type === 'number') return {kind: 'output'}
  const descriptor = node.childForFieldName('descriptor')?.text ?? ''
  if (sign.startsWith('<')) return {kind: 'input', word: destination ? word(destination) : undefined}
  return descriptor === '' || descriptor === '1' ? {kind: 'file', word: destination ? word(destination) : undefined} : {kind: 'output'}
}

/** A statement with redirections. What stands behind `<<EOF` on its line is a part of the redirection in the grammar. */
function redirected(node: Node): readonly Statement[] {
  const at = span(node)
  const inner = node.childForFieldName('body')
  const redirects = node.childrenForFieldName('redirect').filter(child => child !== null)
  const first: Statement = {...at, kind: 'redirected', body: whole(inner ? statement(inner) : [], at), redirects: redirects.map(redirect)}
  const heredoc = redirects.find(({type}) => type === 'heredoc_redirect')
  const pipe = heredoc?.namedChildren.find(child => child?.type === 'pipeline')
  const operator = heredoc?.childForFieldName('operator')
  const right = heredoc?.childForFieldName('right')
  const piped: Statement = pipe ? pipeline([first, ...statements(pipe)], at) : first
  if (!operator || !right || (operator.type !== '&&' && operator.type !== '||')) return [piped]
  return [joined(piped, operator.type, whole(statement(right), span(right)), span(operator), at)]
}

/** The grammar reads `a && b || c` from the right behind a here-document; a shell always reads from the left. */
function joined(left: Statement, operator: '&&' | '||', right: Statement, operatorAt: Span, at: Span): Statement {
  if (right.kind !== 'list') return {...at, kind: 'list', left, operator, right, operatorAt}
  return {...right, ...at, left: joined(left, operator, right.left, operatorAt, at)}
}

function list(node: Node): Statement {
  const at = span(node)
  const signs = children(node).filter(({isNamed, type}) => !isNamed && (type === '&&' || type === '||'))
  const [left, ...rest] = statements(node)
  const [sign] = signs
  const [right] = rest
  if (!left || !right || !sign || rest.length > 1) return {...at, kind: 'other'}
  return {...at, kind: 'list', left, operator: sign.type as '&&' | '||', right, operatorAt: span(sign)}
}

const conditionOf = (node: Node): readonly Node[] => {
  const all = children(node)
  const from = all.findIndex(({type}) => /^(if|elif|while|until)$/.test(type))
  const until = all.findIndex(({type}) => type === 'then' || type === 'do_group')
  return all.slice(from + 1, until < 0 ? all.length : until)
}

/** What stands behind `then`, up to the next part of the statement. */
const consequence = (node: Node): readonly Statement[] => {
  const all = children(node)
  const from = all.findIndex(({type}) => type === 'then' || type === 'else')
  return sequence(all.slice(from + 1).filter(({type}) => type !== 'elif_clause' && type !== 'else_clause'))
}

function conditional(node: Node): Statement {
  const parts = [node, ...children(node).filter(({type}) => type === 'elif_clause')]
  const branches = parts.map((part): Branch => ({condition: sequence(conditionOf(part)), body: consequence(part)}))
  const last = children(node).find(({type}) => type === 'else_clause')
  return {...span(node), kind: 'if', branches, otherwise: last && consequence(last)}
}

const body = (node: Node): readonly Statement[] => {
  const inner = node.childForFieldName('body')
  return inner ? statements(inner) : []
}

function caseStatement(node: Node): Statement {
  const value = node.childForFieldName('value')
  const items = children(node)
    .filter(({type}) => type === 'case_item')
    .map((item): CaseItem => {
      const all = children(item)
      const close = all.findIndex(({type}) => type === ')')
      const patterns = item.childrenForFieldName('value').flatMap(child => (child ? [word(child)] : []))
      return {patterns, body: sequence(all.slice(close + 1)), fallsThrough: item.childForFieldName('fallthrough') !== null}
    })
  return value ? {...span(node), kind: 'case', word: word(value), items} : {...span(node), kind: 'other'}
}
