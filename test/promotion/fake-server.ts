import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {type AddressInfo, createServer as createTcpServer, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after} from 'node:test'

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'progression-test-'))
  after(() => rmSync(folder, {recursive: true, force: true}))
  return folder
}

/** A kubeconfig whose contexts are all called `here` unless named, with a planted token. */
export function kubeconfigFor(server: string, {context = 'here', token = plantedToken} = {}): string {
  const path = join(temporaryFolder(), 'config')
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'elsewhere',
    clusters: [{name: 'c', cluster: {server, 'insecure-skip-tls-verify': true}}],
    users: [{name: 'alice', user: {token}}],
    contexts: [
      {name: context, context: {cluster: 'c', user: 'alice'}},
      {name: 'elsewhere', context: {cluster: 'c', user: 'alice'}},
    ],
  }
  writeFileSync(path, JSON.stringify(content))
  return path
}

export const plantedToken = 'planted-token-b7f3'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** An HTTP server that answers as it is told, in the order it is told; the last answer stays. For faults that a real API server cannot be made to show. */
export async function answering(...answers: Answer[]): Promise<{url: string; requests: IncomingMessage[]}> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]
    requests.push(request)
    answer?.(request, response)
  })
  after(() => server.close().closeAllConnections())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests}
}

/** A server that takes connections and says nothing. */
export async function silent(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer(socket => sockets.add(socket))
  after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(body))

export const statusOf = (code: number, reason: string, message: string, causes: unknown[] = []): Answer =>
  json(code, {kind: 'Status', code, reason, message, details: {causes}})
