import type {ExecuteCommandParams} from 'vscode-languageserver/node'
import {requests} from '../protocol.ts'

/**
 * The same actions as commands, for editors that know no requests of ours. Named apart from the commands of the extension,
 * because an editor may register both.
 */
export const commands: Readonly<Record<string, string>> = {
  'progression.server.graph': requests.graph,
  'progression.server.checklist': requests.checklist,
  'progression.server.status': requests.status,
  'progression.server.plan': requests.plan,
  'progression.server.promote': requests.promote,
  'progression.server.rollback': requests.rollback,
}

export const commandNames: string[] = Object.keys(commands)

/** The request a command stands for, with the parameters of its one argument; undefined for a command that is not ours. */
export function requestOf({command, arguments: values, workDoneToken}: ExecuteCommandParams): {method: string; parameters: object} | undefined {
  const method = commands[command]
  if (method === undefined) return undefined
  const [value] = values ?? []
  const parameters = typeof value === 'object' && value !== null ? value : {}
  return {method, parameters: {...parameters, workDoneToken}}
}
