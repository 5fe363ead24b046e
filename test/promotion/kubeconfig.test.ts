import assert from 'node:assert/strict'
import {readFileSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {test} from 'node:test'
import {Connection} from '../../server/cluster/connection.ts'
import {kubeconfigFor, plantedToken, temporaryFolder} from './fake-server.ts'

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
