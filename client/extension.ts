import {type ExtensionContext, ExtensionMode, window} from 'vscode'
import {Flowcharts} from './features/flowchart/flowcharts.ts'
import {OpenFlowchartCommand} from './features/flowchart/open-flowchart.ts'
import {PlanDocuments} from './features/plan/plan-documents.ts'
import {ShowPlanCommand} from './features/plan/show-plan.ts'
import {ProgressionView} from './features/progression-view/view.ts'
import {RunCommand} from './features/run/run-command.ts'
import {serverCommands} from './features/server/commands.ts'
import {Crashes} from './features/server/crashes.ts'
import {Starter} from './features/start/starter.ts'
import {WriteFirstCommand} from './features/start/write-first.ts'
import {registerCommand} from './infrastructure/commands.ts'
import {Confirm} from './infrastructure/confirm.ts'
import {GraphStore} from './infrastructure/graph-store.ts'
import {ProgressionServer, serverProgram} from './infrastructure/language-client.ts'

/** What tests may reach: the parts that the extension itself is made of. Empty outside test mode. */
export type Api = {readonly server?: ProgressionServer; readonly store?: GraphStore}

/** Puts the parts together. Nothing is started here but the look at documents that are already open. */
export function activate({subscriptions, extensionUri, extensionMode}: ExtensionContext): Api {
  const log = window.createOutputChannel('Environment Progression', {log: true})
  const trace = window.createOutputChannel('Environment Progression Trace', {log: true})
  // Tests of the installed extension, which may show modals, say so by the environment of the extension host.
  const testMode = extensionMode === ExtensionMode.Test || process.env.PROGRESSION_TEST_MODE === '1'
  const crashes = new Crashes(log, () => server.restart())
  const server = new ProgressionServer({program: serverProgram(extensionUri), log, trace, testMode, onCrash: count => crashes.decide(count)})
  const store = new GraphStore(server, log)
  const plans = new PlanDocuments()
  const flowcharts = new Flowcharts({extension: extensionUri, store, log})
  const run = {server, store, confirm: new Confirm(), plans, log}
  const commands = [
    new RunCommand('progression.promote', 'promote', run),
    new RunCommand('progression.rollBack', 'rollback', run),
    new ShowPlanCommand(server, store, plans),
    new OpenFlowchartCommand(store, flowcharts),
    new WriteFirstCommand(),
    ...serverCommands({server, store, log}),
  ]
  subscriptions.push(log, trace, server, store, plans, flowcharts, new ProgressionView(store), new Starter(server, log))
  subscriptions.push(...commands.map(command => registerCommand(command, log)))
  return testMode ? {server, store} : {}
}
