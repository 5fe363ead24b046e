import type {ClientRequest, IncomingMessage, RequestOptions} from 'node:http'
import type {HttpCheck} from '../model/promotion.ts'

export type HttpAnswer = {readonly status: number; readonly body: string}

/** One request may take this long, milliseconds. */
const requestDeadline = 5_000
/** More of a body than this tells nothing further. Bytes. */
const longestBody = 1024 * 1024

/** Sends one check and reads its answer, or says why there is none. `open` makes the request over whatever connection it likes. */
export async function exchange(
  check: HttpCheck,
  base: string,
  open: (options: RequestOptions) => ClientRequest,
  signal: AbortSignal,
): Promise<HttpAnswer | {readonly problem: string}> {
  const url = URL.parse(check.path, base)
  if (url === null) return {problem: `${base} and ${check.path} make no address`}
  const deadline = AbortSignal.timeout(requestDeadline)
  const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>()
  const {protocol, hostname, port, pathname, search, host} = url
  const headers = {host, 'user-agent': 'environment-progression', connection: 'close', ...check.headers}
  try {
    const request = open({protocol, hostname, port, path: pathname + search, method: check.method, headers, signal: AbortSignal.any([signal, deadline])})
    request.on('response', resolve).on('error', reject).end()
    const response = await promise
    return {status: response.statusCode ?? 0, body: await textOf(response)}
  } catch (error) {
    if (deadline.aborted) return {problem: `no answer within ${requestDeadline / 1000} s`}
    return {problem: error instanceof Error ? error.message : String(error)}
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longestBody) throw new Error('the answer is longer than 1 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** What is wrong with an answer, or undefined. Without a status of its own a check asks for any 2xx. */
export function judgeAnswer(check: HttpCheck, {status, body}: HttpAnswer): string | undefined {
  const expected = check.status === undefined ? status >= 200 && status < 300 : status === check.status
  if (!expected) return `status ${status}, and ${check.status ?? '2xx'} is expected`
  if (check.json === undefined) return undefined
  try {
    const found = valueAt(JSON.parse(body), check.json)
    return found === undefined || found === null ? `JSON that has nothing at ${check.json}` : undefined
  } catch {
    return 'something that is not JSON'
  }
}

/** `.items[0].version` */
function valueAt(value: unknown, path: string): unknown {
  const keys = path.match(/[^.[\]]+/g) ?? []
  return keys.reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined), value)
}
