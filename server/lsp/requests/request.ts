import type {Operations, Progress} from '../operations.ts'

/** What every request of ours may use. */
export type RequestContext = {readonly operations: Operations; readonly progress: Progress; readonly signal: AbortSignal}

/** One request beyond the protocol. Its parameters are checked, because any program may send them. */
export type CustomRequest = {
  readonly method: string
  /** What an editor shows while it runs, where it may take long. */
  readonly title?: string
  /** Undefined where the parameters are not as they should be; that is an error of whoever asked. */
  handle(parameters: Readonly<Record<string, unknown>>, context: RequestContext): Promise<unknown> | undefined
}

export const defineRequest = (request: CustomRequest): CustomRequest => request

/** Whether every one of these names holds text. */
export const haveText = (parameters: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean =>
  names.every(name => typeof parameters[name] === 'string' && parameters[name] !== '')

/** Text under each name that holds some; nothing else of what was sent goes on. */
export function textsOf<Name extends string>(parameters: Readonly<Record<string, unknown>>, ...names: readonly Name[]): {readonly [key in Name]?: string} {
  return Object.fromEntries(names.flatMap(name => (typeof parameters[name] === 'string' ? [[name, parameters[name]]] : []))) as {[key in Name]?: string}
}
