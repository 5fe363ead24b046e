import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {commands, languages} from 'vscode'
import {Api} from '../../cluster/api.ts'
import {variables} from '../control-types.ts'
import {eventually, test, ui} from './harness.ts'
import {dialog, extension, file, notification, openFile, openSidebar, pick, replaceText, runFromPalette, waitForRow} from './workbench.ts'

type Kubeconfig = {
  readonly clusters: readonly {readonly cluster: {readonly server: string; readonly 'certificate-authority-data': string}}[]
  readonly users: readonly {readonly name: string; readonly user: {readonly token: string}}[]
}
type Deployment = {readonly spec: {readonly template: {readonly spec: {readonly containers: readonly {readonly image: string}[]}}}}

const kubeconfig = JSON.parse(readFileSync(process.env.KUBECONFIG ?? '', 'utf8')) as Kubeconfig
const [cluster] = kubeconfig.clusters
const server = cluster?.cluster.server ?? ''
const api = new Api(
  server,
  Buffer.from(cluster?.cluster['certificate-authority-data'] ?? '', 'base64').toString(),
  kubeconfig.users.find(({name}) => name === 'local')?.user.token ?? '',
)
const {good, bad} = JSON.parse(process.env[variables.digests] ?? '{}') as {readonly good: string; readonly bad: string}

/** The image that really runs, read from the API server and not from the product. */
async function image(namespace: string): Promise<string> {
  const deployment = await api.get<Deployment>(`/apis/apps/v1/namespaces/${namespace}/deployments/shop-api`)
  return deployment.spec.template.spec.containers[0]?.image ?? ''
}

/** Takes what the engine promotes from: a commit, not the working tree. */
const checkOut = (commit: string): unknown => execFileSync('git', ['checkout', '--quiet', commit], {cwd: file('.').fsPath})

/** Keeps the promotion that is begun inside in its smoke test until the look at it is over. */
async function inTheMidst(begin: () => Promise<void>, look: () => Promise<void>): Promise<void> {
  const file = process.env[variables.hold] ?? ''
  writeFileSync(file, '')
  try {
    await begin()
    await ui.waitFor({selector: '[data-node="dev"].active', webview: true})
    await look()
  } finally {
    rmSync(file, {force: true})
  }
}

/** The modal of a plan; asserts that it says where the action lands. */
async function confirm(verb: string, environment: string, namespace: string): Promise<void> {
  await ui.waitFor({selector: `${dialog} .dialog-message-text`, text: environment})
  const [detail = ''] = await ui.texts({selector: `${dialog} .dialog-message-detail`})
  for (const part of [`Environment: ${environment} of shop`, 'Context: nonprod', `Server: ${server}`, `Namespace: ${namespace}`])
    assert.ok(detail.includes(part), detail)
  await ui.screenshot(`confirm-${verb.toLowerCase().replace(' ', '-')}-${environment}`)
  await ui.click({selector: `${dialog} .monaco-button`, text: verb})
}

async function promote(environment: string, namespace: string): Promise<void> {
  await runFromPalette('Progression: Promote')
  await pick(environment)
  await confirm('Promote', environment, namespace)
}

test('the tree asks the cluster and shows that nothing was promoted yet', async () => {
  await openFile('progression.yaml')
  await openSidebar()
  await waitForRow('dev', 'nothing promoted yet')
})

test('Promote from the palette moves a release on the API server', async () => {
  await promote('dev', 'shop-dev')
  await waitForRow('dev', 'verified')
  assert.ok((await image('shop-dev')).endsWith(good), await image('shop-dev'))
  await ui.waitFor({selector: notification, text: 'verified'})
  await commands.executeCommand('progression.openFlowchart')
  await ui.waitFor({selector: '[data-node="dev"].good', webview: true})
  await ui.screenshot('promoted')
})

test('the next release follows, and the views show it while it goes', async () => {
  checkOut('main')
  await commands.executeCommand('notifications.clearAll')
  await inTheMidst(
    () => promote('dev', 'shop-dev'),
    async () => {
      await waitForRow('dev', 'smoke testing')
      await ui.screenshot('promoting')
    },
  )
  await eventually('the new image', async () => ((await image('shop-dev')).endsWith(bad) ? true : undefined))
  await ui.waitFor({selector: notification, text: 'verified'})
})

test('Roll Back brings the old one back', async () => {
  await commands.executeCommand('notifications.clearAll')
  await runFromPalette('Progression: Roll Back')
  await pick('dev')
  await confirm('Roll Back', 'dev', 'shop-dev')
  await eventually('the old image', async () => ((await image('shop-dev')).endsWith(good) ? true : undefined))
  await ui.waitFor({selector: notification, text: 'is back at'})
  await waitForRow('dev', 'rolled back')
  await ui.screenshot('rolled-back')
})

test('a production asks for its name', async () => {
  checkOut('main~1')
  await commands.executeCommand('notifications.clearAll')
  await promote('staging', 'shop-staging')
  await waitForRow('staging', 'verified')
  await runFromPalette('Progression: Promote')
  await pick('production')
  await ui.click({selector: `${dialog} .monaco-button`, text: 'Promote'})
  await ui.click({selector: '.quick-input-widget input'})
  await ui.type('prod')
  await ui.waitFor({selector: '.quick-input-message', text: 'This is not production.'})
  await ui.screenshot('confirm-production')
  await ui.type('uction')
  await ui.press('Enter')
  await waitForRow('production', 'verified')
  assert.ok((await image('shop')).endsWith(good))
})

test('Cancel stops a promotion, and the way back is offered', async () => {
  checkOut('main')
  await commands.executeCommand('notifications.clearAll')
  await inTheMidst(
    () => promote('dev', 'shop-dev'),
    () => ui.click({selector: '.notifications-toasts .monaco-button', text: 'Cancel'}),
  )
  await ui.waitFor({selector: notification, text: 'stopped'})
  await ui.screenshot('cancelled')
  assert.ok((await image('shop-dev')).endsWith(bad))
  await ui.click({selector: '.notifications-toasts .monaco-button', text: 'Roll Back…'})
  await confirm('Roll Back', 'dev', 'shop-dev')
  await eventually('the old image', async () => ((await image('shop-dev')).endsWith(good) ? true : undefined))
  await waitForRow('dev', 'rolled back')
})

test('when the cluster worker dies in the midst, the language goes on and the promotion can be resumed', async () => {
  checkOut('main')
  await commands.executeCommand('notifications.clearAll')
  const document = await openFile('progression.yaml')
  await inTheMidst(
    () => promote('dev', 'shop-dev'),
    async () => {
      assert.ok(extension().exports.server, 'not in test mode')
      await extension().exports.server?.killClusterWorker()
    },
  )
  await ui.waitFor({selector: notification, text: 'interrupted'})
  await replaceText(document, 'rollback:', 'x-rollback:')
  await eventually('a diagnostic', () => (languages.getDiagnostics(document.uri).some(({message}) => message.includes('rolls')) ? true : undefined))
  await ui.screenshot('worker-killed')
  await replaceText(document, 'x-rollback:', 'rollback:')
  await commands.executeCommand('notifications.clearAll')
  await promote('dev', 'shop-dev')
  await waitForRow('dev', 'verified')
  assert.ok((await image('shop-dev')).endsWith(bad))
})

export {activate} from './harness.ts'
