import {commands, type LogOutputChannel, window} from 'vscode'
import type {Action, Outcome, Plan} from '../../../server/protocol.ts'
import type {Command} from '../../infrastructure/commands.ts'
import type {Confirm} from '../../infrastructure/confirm.ts'
import type {EnvironmentReference, GraphStore} from '../../infrastructure/graph-store.ts'
import type {ProgressionServer} from '../../infrastructure/language-client.ts'
import {withProgress} from '../../infrastructure/progress.ts'
import {actionWords} from '../../infrastructure/words.ts'
import type {PlanDocuments} from '../plan/plan-documents.ts'
import {pickEnvironment} from './pick.ts'

export type RunParts = {
  readonly server: ProgressionServer
  readonly store: GraphStore
  readonly confirm: Confirm
  readonly plans: PlanDocuments
  readonly log: LogOutputChannel
}

/** Ends that leave something half done in the environment, so that the way back is offered. */
const unfinished: ReadonlySet<Outcome['result']> = new Set(['blocked', 'failed', 'rollbackFailed'])

/** Promote and Roll Back: pick, plan, ask, run, tell. They differ in their words and in what the server makes of them. */
export class RunCommand implements Command {
  readonly id: string
  readonly #action: Action
  readonly #parts: RunParts

  constructor(id: string, action: Action, parts: RunParts) {
    this.id = id
    this.#action = action
    this.#parts = parts
  }

  async run(clicked?: unknown): Promise<void> {
    const {server, store} = this.#parts
    const reference = await pickEnvironment(store, this.#action, clicked)
    if (reference === undefined) return
    const {uri, name: progression} = reference.progression
    const environment = reference.node.environment ?? reference.node.label
    const {verb, doing} = actionWords[this.#action]
    const title = `${verb}: planning ${environment}`
    const plan = await withProgress(title, async signal => {
      const planned = await server.plan({uri, progression, environment, action: this.#action}, signal)
      return signal.aborted ? undefined : planned
    })
    if (plan === undefined) return
    if (plan.refusals.length > 0) return await this.#refused(plan)
    const answer = await this.#ask(plan)
    if (answer === undefined) return
    const outcome = await withProgress(`${doing} ${environment}`, (signal, report) => server.run(plan, answer.typed, report, signal))
    await this.#tell(outcome, plan, reference)
  }

  /** Asks until there is a yes or a no; a look at the plan leaves the question open beside it. */
  async #ask(plan: Plan): Promise<{readonly typed?: string} | undefined> {
    const {confirm, plans} = this.#parts
    const {verb} = actionWords[this.#action]
    for (;;) {
      const answer = await confirm.run(plan)
      if (answer.kind === 'yes') return answer
      if (answer.kind === 'no') return undefined
      await plans.show(plan)
      const next = `${verb}…`
      if ((await window.showInformationMessage(`This is the plan for ${plan.environment}.`, next, 'Cancel')) !== next) return undefined
    }
  }

  async #refused(plan: Plan): Promise<void> {
    const [first, ...others] = plan.refusals
    const more = others.length > 0 ? ` And ${others.length} more.` : ''
    if ((await window.showErrorMessage(`${first}${more}`, 'Show Plan')) === 'Show Plan') await this.#parts.plans.show(plan)
  }

  async #tell({result, message}: Outcome, plan: Plan, reference: EnvironmentReference): Promise<void> {
    const {log} = this.#parts
    log.info(`${plan.environment}: ${result}: ${message}`)
    // Rolling back is what was asked for in one case and a release that failed in the other.
    if (result === 'verified' || result === 'aborted' || (result === 'rolledBack' && this.#action === 'rollback')) {
      await window.showInformationMessage(message)
      return
    }
    const show = result === 'rolledBack' ? window.showWarningMessage : window.showErrorMessage
    const rollBack = `${actionWords.rollback.verb}…`
    const answer = await show(message, ...(unfinished.has(result) ? [rollBack] : []), 'Show Log')
    if (answer === rollBack) await commands.executeCommand('progression.rollBack', reference)
    if (answer === 'Show Log') log.show()
  }
}
