import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {buildControlPlane} from '../../test/cluster/build.ts'
import {startCluster} from '../../test/cluster/start.ts'
import {duration, type Terminal} from '../progress.mjs'
import {CommandLine} from './command-line.ts'
import {serve} from './editor.ts'
import {writeKubeconfig} from './kubeconfig.ts'
import {createNamespaces} from './namespaces.ts'
import {prepare, step} from './prepare.ts'
import {table, tell} from './scenario.ts'
import {answering} from './shop.ts'
import {Story} from './story.ts'
import {Workspace} from './workspace.ts'

export type ShowOptions = {readonly root: string; readonly terminal: Terminal; readonly once: boolean; readonly signal: AbortSignal}

const contexts = ['nonprod', 'production']
const namespaces = ['shop-dev', 'shop-staging', 'shop']

/** The whole demo. What it starts and makes ends with it, however it ends. */
export async function show({root, terminal, once, signal}: ShowOptions): Promise<void> {
  await using owned = new AsyncDisposableStack()
  const {paint} = terminal
  const story = new Story(terminal)
  // Counted from the command, with what was installed before this program could run.
  const began = Number(process.env.PROGRESSION_BEGAN ?? Date.now())
  await prepare(root, terminal, signal)

  const workspace = await Workspace.create(join(root, 'examples', 'shop'), signal)
  owned.defer(() => workspace.remove())
  // Behind the check and the flowchart, at a low priority: they are what one came to see first.
  const compiling = step(terminal, 'Local Kubernetes, compiled once', say =>
    buildControlPlane({signal, progress: (done, total, what) => say(what, done / total)}),
  )
  compiling.catch(() => {})

  const kubeconfig = join(workspace.folder, '..', 'kubeconfig')
  const commandLine = new CommandLine(root, workspace.folder, {KUBECONFIG: kubeconfig, FORCE_COLOR: terminal.live ? '1' : '0'}, story, signal)
  story.heading('The shop', `two services, three environments, in ${workspace.folder}`)
  await commandLine.run(['check'])
  await commandLine.run(['graph'])
  story.say(paint.dim(`checked and drawn ${duration(Date.now() - began)} after the start`))
  await compiling

  const cluster = await step(terminal, 'Local Kubernetes', say =>
    startCluster({signal, answer: answering, progress: (done, total, what) => say(what, done / total)}),
  )
  owned.defer(() => cluster.stop())
  await writeKubeconfig(cluster.kubeconfig, kubeconfig, contexts)
  await createNamespaces(cluster.api, namespaces, signal)
  await workspace.nameCluster(cluster.uid)

  const told = await tell(story, commandLine, workspace)
  story.heading('What happened')
  for (const line of table(told, paint)) story.say(line)
  if (once) return

  terminal.print()
  const editor = await step(terminal, 'VS Code in the browser', say =>
    serve({root, folder: workspace.folder, environment: {KUBECONFIG: kubeconfig}, say, signal}),
  )
  owned.defer(() => editor.stop())
  story.heading('Now in VS Code')
  story.say(paint.cyan(editor.address))
  story.say('')
  story.say('The tree is behind the arrows in the activity bar, the flowchart behind the button above the file.')
  story.say('Promote and roll back from there: release 2 still waits before production.')
  story.say(paint.dim('Ctrl-C ends it and everything it started.'))
  await untilAborted(signal)
  terminal.print(`\n  ${paint.dim('Stopping VS Code and the local Kubernetes.')}`)
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  // Listening for a signal does not keep a process; a timer does.
  await setTimeout(2 ** 31 - 1, undefined, {signal}).catch(() => {})
}
