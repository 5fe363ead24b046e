import {createConnection, ErrorCodes, ResponseError} from 'vscode-languageserver/node'
import {abilitiesOf} from './abilities.ts'
import {messageOf} from './answer.ts'
import {capabilitiesFor} from './capabilities.ts'
import type {CreateService} from './service.ts'
import type {Session} from './session.ts'

export type ServerOptions = {
  readonly version: string
  /** Loads and builds what the server is a front end of; called after the client has been answered. */
  readonly createService: () => Promise<CreateService>
}

/**
 * A language server on standard input and output, or on the channel to the process that started it, as the arguments of the
 * process say. What is not needed to answer `initialize` is loaded after the answer; messages that come meanwhile wait in
 * their order.
 */
export function startServer({version, createService}: ServerOptions): void {
  const connection = createConnection()
  const log = (message: string): void => connection.console.error(message)
  let session: Session | undefined
  let coming: Promise<Session> | undefined

  connection.onInitialize(parameters => {
    const abilities = abilitiesOf(parameters)
    coming = load()
    coming.catch(error => log(`The server could not start: ${error instanceof Error ? error.stack : String(error)}`))
    // The library has handlers of its own for these; ours see everything in one order.
    for (const method of ['initialized', 'workspace/didChangeWorkspaceFolders', 'window/workDoneProgress/cancel'])
      connection.onNotification(method, (parameters: unknown) => notify(method, parameters))
    return {capabilities: capabilitiesFor(abilities), serverInfo: {name: 'progression', version}}

    async function load(): Promise<Session> {
      const [{Session}, create] = await Promise.all([import('./session.ts'), createService()])
      session = await Session.create({connection, parameters, abilities, createService: create, log})
      return session
    }
  })

  connection.onRequest((method, parameters, token) => {
    if (session) return session.request(method, parameters, token)
    if (!coming) return new ResponseError(ErrorCodes.ServerNotInitialized, 'The first request is initialize.')
    return coming.then(
      ready => ready.request(method, parameters, token),
      error => new ResponseError(ErrorCodes.InternalError, `The server could not start: ${messageOf(error)}`),
    )
  })
  connection.onNotification((method, parameters) => notify(method, parameters))
  connection.onShutdown(async () => {
    await session?.dispose()
  })

  function notify(method: string, parameters: unknown): void {
    if (session) session.notify(method, parameters)
    else
      coming?.then(
        ready => ready.notify(method, parameters),
        () => {},
      )
  }

  // Whoever started us is gone: nobody will ask anything more. Standard input and the process id are watched by the library.
  process.on('disconnect', () => process.exit(1))
  process.on('uncaughtException', error => {
    if (isBrokenPipe(error)) process.exit(1)
    log(`Something failed that nobody caught: ${error.stack ?? error.message}`)
  })
  process.on('unhandledRejection', reason =>
    log(`Something failed that nobody waited for: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`),
  )
  connection.listen()
}

const isBrokenPipe = (error: NodeJS.ErrnoException): boolean => ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_IPC_CHANNEL_CLOSED'].includes(error.code ?? '')
