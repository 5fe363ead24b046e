import type {CancellationToken} from 'vscode-languageserver/node'
import {ErrorCodes, ResponseError} from 'vscode-languageserver/node'
import type {Document} from '../document/document.ts'
import type {Uri} from '../model/files.ts'
import {answer, attempt} from './answer.ts'
import {compose, type Parts, type SessionOptions} from './compose.ts'
import {Memory} from './memory.ts'
import {notificationHandlers} from './notifications.ts'
import {requestHandlers} from './request-handlers.ts'

/** One client's conversation from `initialized` to its end. */
export class Session {
  readonly #parts: Parts
  readonly #memory = new Memory()
  readonly #requests: ReturnType<typeof requestHandlers>
  readonly #notifications: ReturnType<typeof notificationHandlers>

  private constructor(parts: Parts) {
    this.#parts = parts
    this.#requests = requestHandlers(parts)
    this.#notifications = notificationHandlers(parts, (uri, kind) => fileChanged(parts, uri, kind))
  }

  static async create(options: SessionOptions): Promise<Session> {
    const parts: Parts = await compose(options, {
      fileChanged: (uri, kind) => fileChanged(parts, uri, kind),
      settingsChanged: isFirst => settingsChanged(parts, isFirst),
    })
    parts.documents.listen({
      opened: (uri, document) => opened(parts, uri, document),
      edited(uri, edit) {
        parts.reports.edited(uri, edit)
        textChanged(parts, uri)
      },
      closed(uri, document) {
        const {closed, workspace, reports, push, documents} = parts
        closed.forget(uri)
        workspace.leave(uri)
        reports.replaced(uri, document.text)
        push?.closed(uri, documents.spelling(uri))
        textChanged(parts, uri)
        parts.changes.tell()
      },
    })
    return new Session(parts)
  }

  /** Answers a request; never rejects. */
  request(method: string, parameters: unknown, token: CancellationToken): unknown {
    this.#memory.busy()
    const handler = this.#requests.get(method)
    if (!handler) return new ResponseError(ErrorCodes.MethodNotFound, `This server does not know ${method}.`)
    return answer(method, token, this.#parts.options.log, signal => handler(parameters, signal))
  }

  notify(method: string, parameters: unknown): void {
    this.#memory.busy()
    const handler = this.#notifications.get(method)
    if (handler) attempt(method, this.#parts.options.log, () => handler(parameters))
  }

  async dispose(): Promise<void> {
    const {reports, push, watching, graphNews, service} = this.#parts
    reports.dispose()
    push?.dispose()
    watching.dispose()
    graphNews.dispose()
    await service.dispose()
  }
}

function opened(parts: Parts, uri: Uri, document: Document): void {
  const {closed, workspace, reports, options} = parts
  const before = closed.forget(uri)
  if (before?.text !== document.text) reports.replaced(uri, before?.text)
  attempt('opening', options.log, () => workspace.include(uri))
  textChanged(parts, uri)
}

/** A text is another one, in a buffer or because a buffer closed: whatever was read of it is read again. */
function textChanged({service, reports, library, push, graphNews}: Parts, uri: Uri): void {
  if (service.analysis.forget(uri)) reports.everythingChanged()
  const document = library.opened(uri)
  if (document && library.isOurs(document)) graphNews.tell([uri])
  else reports.fileChanged(uri)
  push?.wish()
}

function fileChanged(parts: Parts, uri: Uri, kind: 'changed' | 'deleted'): void {
  const {closed, documents, workspace, service, reports, graphNews} = parts
  // What is open covers the disk.
  if (documents.has(uri)) return
  const before = closed.forget(uri)
  const listed = workspace.changed(uri, kind)
  if (service.analysis.forget(uri, kind)) reports.everythingChanged()
  if (kind === 'deleted') {
    closed.forgetBelow(uri)
    reports.removed(uri)
  } else reports.replaced(uri, before?.text)
  reports.fileChanged(uri)
  if (!listed && !workspace.isCandidate(uri)) return
  parts.tell(uri)
  graphNews.tell([uri])
}

function settingsChanged({workspace, reports, graphNews}: Parts, isFirst: boolean): void {
  workspace.forget()
  // Nothing was answered yet that they could change.
  if (isFirst) return
  reports.everythingChanged()
  graphNews.tell(undefined)
}
