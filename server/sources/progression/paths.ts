import {type Mapping, type Node, pairOf, valueAt} from '../../document/node.ts'
import {folderOf, resolveUri} from '../../document/uri.ts'
import {unknown} from '../../model/fact.ts'
import type {PathKind, PathUse} from '../../model/path.ts'
import {text} from './field.ts'
import {fill, isHalfVariable, type Scope} from './variables.ts'

const programs = /^(ba|da|z|k)?sh$|^(node|deno|bun|python3?|ruby|perl)$/

/**
 * Every path that an environment names, once for each place and each file it means there. What is filled only while a
 * promotion runs, such as `${release}`, is left out. A report is too: a scanner writes it later.
 */
export function paths(environment: Mapping, top: Mapping, scopes: readonly Scope[]): readonly PathUse[] {
  const found = new Map<string, PathUse>()
  const add = (node: Node | undefined, kind: PathKind): void => {
    if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '' || isHalfVariable(node.value)) return
    const written = node.value
    const {at} = node
    const filled = new Set(scopes.map(scope => fill(written, scope)).flatMap(({text, missing}) => (missing.length === 0 ? text : [])))
    for (const path of filled) {
      const isElsewhere = isRemote(path)
      const uri = isElsewhere ? path : resolveUri(folderOf(at.document), path)
      const why = isElsewhere ? `${path} lies in no workspace` : `${path} was not looked up`
      found.set(`${at.document} ${at.block} ${at.start} ${uri}`, {
        written,
        path,
        uri,
        kind: isElsewhere ? 'remote' : kind,
        at,
        existence: unknown(why, at),
      })
    }
  }
  for (const source of items((pairOf(environment, 'manifests') ?? pairOf(top, 'manifests'))?.value)) {
    add(pairOf(source, 'kustomize')?.value, 'overlay')
    add(pairOf(source, 'directory')?.value, 'folder')
    add(valueAt(source, 'helm', 'chart'), 'chart')
    for (const values of items(valueAt(source, 'helm', 'values'))) add(values, 'file')
  }
  for (const step of ['scan', 'migrate', 'smoke', 'load']) {
    const value = pairOf(environment, step)?.value
    add(pairOf(value, 'job')?.value, 'file')
    add(pairOf(value, 'k6')?.value, 'file')
    add(program(pairOf(value, 'run')?.value), 'program')
  }
  for (const key of ['file', 'flagd']) add(valueAt(environment, 'flags', key), 'file')
  return [...found.values()]
}

const items = (node: Node | undefined): readonly Node[] => (node?.kind === 'sequence' ? node.items : node ? [node] : [])

/** The file a command starts, where it is a path relative to this file: by itself, or behind the name of an interpreter. */
function program(run: Node | undefined): Node | undefined {
  if (run?.kind !== 'sequence') return undefined
  const [first, second] = run.items
  const isPath = (node: Node | undefined): boolean => /^(?![/~-])[^\s]*\//.test((node && text(node)) ?? '')
  if (isPath(first)) return first
  return first && programs.test(text(first) ?? '') && isPath(second) ? second : undefined
}

/** A Git repository as Kustomize takes it, or an address: nothing that lies beside this file. */
export const isRemote = (path: string): boolean => /:\/\/|^git@|\?ref=|\/\/|^[\w.-]+\.(com|org|io|net|dev)[:/]/.test(path)
