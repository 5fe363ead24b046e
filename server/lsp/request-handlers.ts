import {
  type CodeActionParams,
  type DocumentDiagnosticParams,
  ErrorCodes,
  type ExecuteCommandParams,
  LSPErrorCodes,
  ProgressType,
  ResponseError,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node'
import {normalizeUri} from '../document/uri.ts'
import {type AboutDocument, type Feature, Refusal} from '../features/feature.ts'
import {requests as names} from '../protocol.ts'
import {CodeActions} from './code-actions.ts'
import {requestOf} from './commands.ts'
import type {Parts} from './compose.ts'
import {featureRequest, surroundings} from './feature-request.ts'
import {features, workspaceFeatures} from './features.ts'
import {checklist} from './requests/checklist.ts'
import {graph} from './requests/graph.ts'
import {killClusterWorker} from './requests/kill-cluster-worker.ts'
import {plan} from './requests/plan.ts'
import type {CustomRequest} from './requests/request.ts'
import {promote, rollback} from './requests/run.ts'
import {status} from './requests/status.ts'

type Handler = (parameters: unknown, signal: AbortSignal) => unknown

const partialReport = new ProgressType<WorkspaceDiagnosticReport>()

/** What the server answers, by method. */
export function requestHandlers(parts: Parts): ReadonlyMap<string, Handler> {
  const {options, configuration, pull, service, library, reports} = parts
  const {connection, abilities} = options
  const handlers = new Map<string, Handler>()
  const on = <P>(method: string, handler: (parameters: P, signal: AbortSignal) => unknown): void => {
    handlers.set(method, handler as Handler)
  }
  on('textDocument/diagnostic', async (parameters: DocumentDiagnosticParams, signal) => {
    await configuration.ready()
    return pull.document(parameters, signal)
  })
  on('workspace/diagnostic', async (parameters: WorkspaceDiagnosticParams, signal) => {
    await configuration.ready()
    const {partialResultToken: token} = parameters
    const emit = token === undefined ? undefined : (part: WorkspaceDiagnosticReport): void => void connection.sendProgress(partialReport, token, part)
    return pull.workspace(parameters, emit, signal)
  })
  const codeActions = new CodeActions({analysis: service.analysis, library, reports, versioned: abilities.versionedEdits})
  on('textDocument/codeAction', (parameters: CodeActionParams, signal) => codeActions.provide(parameters, signal))
  for (const feature of features) on(feature.method, (parameters: AboutDocument, signal) => provide(parts, feature, parameters, signal))
  for (const feature of workspaceFeatures) on(feature.method, (parameters, signal) => feature.provide(surroundings(parts), parameters, signal))
  const customs = [graph, checklist, status, plan, promote, rollback, ...(abilities.options.testMode ? [killClusterWorker] : [])]
  for (const custom of customs) on(custom.method, (parameters: unknown, signal) => handle(parts, custom, parameters, signal))
  on('workspace/executeCommand', (parameters: ExecuteCommandParams, signal) => {
    const request = requestOf(parameters)
    const custom = customs.find(({method}) => method === request?.method)
    if (!request || !custom) return new ResponseError(ErrorCodes.InvalidParams, `This server has no command ${parameters.command}.`)
    return handle(parts, custom, request.parameters, signal)
  })
  return handlers
}

async function provide(parts: Parts, feature: Feature, parameters: AboutDocument, signal: AbortSignal): Promise<unknown> {
  const request = await featureRequest(parts, normalizeUri(parameters.textDocument.uri), signal)
  const answer = request ? await feature.provide(request, parameters, signal) : null
  return answer instanceof Refusal ? new ResponseError(LSPErrorCodes.RequestFailed, answer.message) : answer
}

function handle({service: {operations}, workDone, graphNews}: Parts, custom: CustomRequest, parameters: unknown, signal: AbortSignal): unknown {
  if (!operations) return new ResponseError(ErrorCodes.MethodNotFound, `This server does not do ${custom.method}.`)
  if (custom.method === names.graph) graphNews.asked()
  const raw = typeof parameters === 'object' && parameters !== null ? (parameters as Readonly<Record<string, unknown>>) : {}
  const {workDoneToken} = raw
  const token = typeof workDoneToken === 'string' || typeof workDoneToken === 'number' ? workDoneToken : undefined
  const run = (progress: (message: string) => void, stop: AbortSignal): unknown =>
    custom.handle(raw, {operations, progress, signal: stop}) ??
    new ResponseError(ErrorCodes.InvalidParams, `The parameters of ${custom.method} are incomplete.`)
  if (custom.title === undefined) return run(() => {}, signal)
  return workDone.run(custom.title, token, signal, async (progress, stop) => run(progress, stop))
}
