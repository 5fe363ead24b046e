import type {AnyNode, CallExpression, Program} from 'acorn'
import type {Span} from '../span.ts'
import {pathOf, walk} from './tree.ts'
import type {Constants, Pieces} from './values.ts'

/** A request of a k6 script; `url` as far as it is known, `method` in capitals or undefined. */
export type K6Request = {readonly method: string | undefined; readonly url: Pieces; readonly at: Span}

const methods: Readonly<Record<string, string>> = {get: 'GET', head: 'HEAD', options: 'OPTIONS', post: 'POST', put: 'PUT', patch: 'PATCH', del: 'DELETE'}

/** Every request that `k6/http` is asked for; `isOpen` where some cannot be told, or others than HTTP are made. */
export function requestsOf(program: Program, constants: Constants): {readonly requests: readonly K6Request[]; readonly isOpen: boolean} {
  const names = new Set<string>()
  let isOpen = false
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration') continue
    const source = String(statement.source.value)
    if (source === 'k6/http') {
      for (const one of statement.specifiers) {
        if (one.type === 'ImportSpecifier') isOpen = true
        else names.add(one.local.name)
      }
      // Modules of k6 that send something by other ways, and files that may send anything.
    } else if (/^k6\/(net|ws|websockets|browser|experimental|x\/)/.test(source) || /^\.{0,2}\//.test(source)) isOpen = true
  }
  const requests: K6Request[] = []
  for (const node of walk(program)) {
    if (node.type !== 'CallExpression') continue
    const [object = '', method = '', ...deeper] = pathOf(node.callee as AnyNode)?.split('.') ?? []
    if (!names.has(object) || deeper.length > 0) continue
    const read = method === 'batch' ? batch(node, constants) : [single(node, method, constants)]
    for (const one of read) {
      if (one) requests.push(one)
      else isOpen = true
    }
  }
  return {requests, isOpen}
}

function single(node: CallExpression, method: string, constants: Constants): K6Request | undefined {
  const at = {start: node.start, end: node.end}
  const [first, second] = node.arguments as readonly (AnyNode | undefined)[]
  if (method === 'url' || method === 'file' || method === 'cookieJar' || method === 'setResponseCallback' || method === 'expectedStatuses') return undefined
  if (method === 'request' || method === 'asyncRequest') {
    const verb = first ? constants.text(first) : [undefined]
    const [name] = verb
    return second && {method: verb.length === 1 ? name?.toUpperCase() : undefined, url: constants.text(second), at}
  }
  return first && Object.hasOwn(methods, method) ? {method: methods[method], url: constants.text(first), at} : undefined
}

/** `http.batch([url, ['GET', url], {method, url}])`. */
function batch(node: CallExpression, constants: Constants): readonly (K6Request | undefined)[] {
  const list = node.arguments[0] && constants.resolve(node.arguments[0] as AnyNode)
  if (list?.type !== 'ArrayExpression') return [undefined]
  return list.elements.map((element): K6Request | undefined => {
    if (!element || element.type === 'SpreadElement') return undefined
    const at = {start: element.start, end: element.end}
    const item = constants.resolve(element as AnyNode)
    if (item.type === 'ArrayExpression') {
      const [verb, url] = item.elements as readonly (AnyNode | null | undefined)[]
      return verb && url ? {method: constants.text(verb)[0]?.toUpperCase(), url: constants.text(url), at} : undefined
    }
    if (item.type === 'ObjectExpression') return undefined
    return {method: 'GET', url: constants.text(item), at}
  })
}
