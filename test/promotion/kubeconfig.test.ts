import assert from 'node:assert/strict'
import {readFileSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {test} from 'node:test'
import {Connection} from '../../server/cluster/connection.ts'
import {answering, json, kubeconfigFor, plantedToken, statusOf, temporaryFolder} from './fake-server.ts'
import {never} from './shop.ts'

const message = (path: string, context: string, environment: Record<string, string> = {}): string => {
  const opened = Connection.open({path: path === '' ? undefined : path, environment}, context)
  return opened.ok ? 'opened' : opened.error.message
}

test('a context that is not there is named, with those that are', () => {
  const path = kubeconfigFor('https://one.example')
  assert.equal(
    message(path, 'prod-eu'),
    `${path}: there is no context prod-eu. It has here, elsewhere. Map it with --context prod-eu=NAME or the setting progression.contexts.`,
  )
})

test('the current context is never used by accident', () => {
  const opened = Connection.open({path: kubeconfigFor('https://one.example')}, 'here')
  assert.ok(opened.ok)
  assert.equal(opened.value.requests.asker.context, 'here')
})

test('a list of files is one kubeconfig: the first to define a name wins, a missing file is passed over', () => {
  const one = kubeconfigFor('https://one.example', {context: 'one'})
  const two = kubeconfigFor('https://two.example', {context: 'two'})
  const list = [join(temporaryFolder(), 'missing'), one, two].join(delimiter)
  for (const context of ['one', 'two', 'elsewhere']) {
    const opened = Connection.open({path: list}, context)
    assert.ok(opened.ok)
    assert.equal(opened.value.requests.asker.server, 'https://one.example', 'the cluster both define is the first one')
  }
})

test('KUBECONFIG counts where no path is given, and the home folder where it is empty', () => {
  const path = kubeconfigFor('https://one.example')
  assert.equal(message('', 'here', {KUBECONFIG: path}), 'opened')
  const home = temporaryFolder()
  assert.match(message('', 'here', {HOME: home}), new RegExp(`there is no kubeconfig at ${join(home, '.kube', 'config')}\\. Set KUBECONFIG`))
})

test('a broken file is an error that does not repeat its lines', () => {
  const path = join(temporaryFolder(), 'config')
  writeFileSync(path, `users: [{name: a, user: {token: ${plantedToken}}\n  - {`)
  assert.equal(message(path, 'here'), `Cannot read the kubeconfig ${path}: it is not valid YAML of kind Config.`)
})

test('a context without its cluster or user says which is missing', () => {
  const path = join(temporaryFolder(), 'config')
  const context = (name: string, cluster: string, user: string) => ({name, context: {cluster, user}})
  const clusters = [{name: 'c', cluster: {server: 'https://one.example'}}]
  const contexts = [context('no-cluster', 'gone', 'u'), context('no-user', 'c', 'gone')]
  writeFileSync(path, JSON.stringify({clusters, users: [{name: 'u', user: {token: 'x'}}], contexts}))
  assert.match(message(path, 'no-cluster'), /names the cluster gone, which .* does not define/)
  assert.match(message(path, 'no-user'), /names the user gone, which .* does not define/)
})

test('in-cluster outside of a pod is an error', () => {
  assert.match(message(kubeconfigFor('https://one.example'), 'in-cluster'), /does not run in a Kubernetes pod/)
})

test('credentials in a server address are not shown', () => {
  const opened = Connection.open({path: kubeconfigFor('https://bob:secret@one.example:6443/base/')}, 'here')
  assert.ok(opened.ok)
  assert.equal(opened.value.requests.asker.server, 'https://one.example:6443/base')
})

test('a kubeconfig is never written', () => {
  const path = kubeconfigFor('https://one.example')
  const before = readFileSync(path, 'utf8')
  assert.equal(message(path, 'here'), 'opened')
  assert.equal(readFileSync(path, 'utf8'), before)
})

/** A kubeconfig whose user is a program that prints what `program` says, and notes each call in a file. */
function withPlugin(server: string, program: string): {path: string; calls: () => number} {
  const folder = temporaryFolder()
  const notes = join(folder, 'calls')
  const path = join(folder, 'config')
  const script = `require('node:fs').appendFileSync(${JSON.stringify(notes)}, 'x'); ${program}`
  const exec = {apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script]}
  const contexts = [{name: 'here', context: {cluster: 'c', user: 'alice'}}]
  writeFileSync(
    path,
    JSON.stringify({clusters: [{name: 'c', cluster: {server, 'insecure-skip-tls-verify': true}}], users: [{name: 'alice', user: {exec}}], contexts}),
  )
  return {path, calls: () => readFileSync(notes, 'utf8').length}
}

const credential = (token: string) => `console.log(JSON.stringify({status: {token: ${JSON.stringify(token)}}}))`
const version = {method: 'GET', path: '/version', subject: {verb: 'get', resource: 'version', group: ''}} as const

test('a plugin is asked once for many requests at a time, and its token shown to nobody', async () => {
  const {url, requests} = await answering(statusOf(403, 'Forbidden', `no to ${plantedToken}`))
  const {path, calls} = withPlugin(url, credential(plantedToken))
  const opened = Connection.open({path}, 'here')
  assert.ok(opened.ok)
  const answers = await Promise.all([1, 2, 3].map(() => opened.value.requests.send(version, never)))
  await opened.value.close()
  assert.equal(calls(), 1)
  assert.equal(requests[0]?.headers.authorization, `Bearer ${plantedToken}`)
  assert.doesNotMatch(JSON.stringify(answers), new RegExp(plantedToken))
})

test('a token that the cluster refuses is asked for anew', async () => {
  const {url} = await answering(statusOf(401, 'Unauthorized', 'expired'), json(200, {}))
  const {path, calls} = withPlugin(url, credential('t'.repeat(8)))
  const opened = Connection.open({path}, 'here')
  assert.ok(opened.ok)
  assert.ok((await opened.value.requests.send(version, never)).ok)
  await opened.value.close()
  assert.equal(calls(), 2)
})

test('a plugin that fails, or hangs, is an answer in its words and in time', async () => {
  const failing = Connection.open({path: withPlugin('http://127.0.0.1:1', "console.error('sign in first'); process.exit(1)").path}, 'here')
  assert.ok(failing.ok)
  const answer = await failing.value.requests.send({...version, deadline: 5_000}, never)
  assert.match(answer.ok ? '' : answer.error.message, /Cannot get credentials for user alice \(context here\): sign in first/)
  const hanging = Connection.open({path: withPlugin('http://127.0.0.1:1', 'setTimeout(() => {}, 3000)').path}, 'here')
  assert.ok(hanging.ok)
  const late = await hanging.value.requests.send({...version, deadline: 500}, never)
  assert.equal(late.ok ? '' : late.error.kind, 'timeout')
})
