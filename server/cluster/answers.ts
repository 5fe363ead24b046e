import {type Cause, type ClusterError, type ErrorKind, failed} from './errors.ts'
import {inWords, resourceName, type Subject} from './subject.ts'

/** Who asks whom, for messages. */
export type Asker = {readonly context: string; readonly server: string; readonly user: string}

type Status = {readonly message: string; readonly reason: string; readonly causes: readonly Cause[]}

/** The error an answer of the API server stands for: its words, and what we wanted and what helps around them. */
export function refusal(status: number, body: string, subject: Subject, asker: Asker): {ok: false; error: ClusterError} {
  const said = readStatus(body)
  const kind = kindOf(status, said.reason)
  const detail = said.message === '' ? `HTTP ${status}` : said.message
  return failed(kind, wording(kind, detail, subject, asker), detail, said.causes)
}

/** The error of a request that got no answer at all. `code` is Node's or undici's. */
export function silence(error: unknown, subject: Subject, asker: Asker): {ok: false; error: ClusterError} {
  const detail = innermost(error)
  return failed('unreachable', `Cannot reach the API server ${asker.server} (context ${asker.context}) to ${inWords(subject)}: ${detail}.`, detail)
}

export function deadlinePassed(milliseconds: number, subject: Subject, asker: Asker): {ok: false; error: ClusterError} {
  const detail = `no answer within ${Math.round(milliseconds / 100) / 10} s`
  return failed('timeout', `The API server ${asker.server} (context ${asker.context}) gave ${detail} to: ${inWords(subject)}.`, detail)
}

export const stopped = (subject: Subject): {ok: false; error: ClusterError} =>
  failed('aborted', `Stopped before the answer to: ${inWords(subject)}.`, 'stopped')

function wording(kind: ErrorKind, detail: string, subject: Subject, asker: Asker): string {
  const where = `(context ${asker.context})`
  switch (kind) {
    case 'forbidden':
      return `Cannot ${inWords(subject)} ${where}: forbidden for ${asker.user}. The cluster says: ${detail}. Ask for ${subject.verb} on ${resourceName(subject)}.`
    case 'unauthorized':
      return `Cannot ${inWords(subject)} ${where}: the cluster does not accept the credentials of user ${asker.user}: ${detail}. Sign in again and retry.`
    default:
      return `Cannot ${inWords(subject)} ${where}: ${detail}.`.replace(/\.\.$/, '.')
  }
}

function kindOf(status: number, reason: string): ErrorKind {
  switch (status) {
    case 400:
      return reason === 'Expired' ? 'gone' : 'invalid'
    case 401:
      return 'unauthorized'
    case 403:
      return 'forbidden'
    case 404:
      return 'notFound'
    case 409:
      return reason === 'AlreadyExists' ? 'alreadyExists' : 'conflict'
    case 410:
      return 'gone'
    case 413:
      return 'tooLarge'
    case 415:
    case 422:
      return 'invalid'
    default:
      return status === 429 || status >= 500 ? 'unavailable' : 'unexpected'
  }
}

/** A `Status` object, or the first line of whatever a proxy between us and the cluster answered instead. */
function readStatus(body: string): Status {
  try {
    const value = JSON.parse(body) as {message?: unknown; reason?: unknown; details?: {causes?: readonly Partial<Cause>[]}}
    const causes = (value.details?.causes ?? []).map(({reason = '', field = '', message = ''}) => ({reason, field, message}))
    return {message: typeof value.message === 'string' ? value.message : '', reason: typeof value.reason === 'string' ? value.reason : '', causes}
  } catch {
    return {message: body.trim().split('\n', 1)[0]?.slice(0, 200) ?? '', reason: '', causes: []}
  }
}

const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'its name does not resolve',
  EAI_AGAIN: 'its name does not resolve now',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network unreachable',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not the one the kubeconfig trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not signed by the authority the kubeconfig trusts',
  CERT_HAS_EXPIRED: 'its certificate has expired',
}

function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return innermost(error.cause)
  const code = 'code' in error ? String(error.code) : ''
  return known[code] ?? (error.message === '' ? code : error.message)
}
