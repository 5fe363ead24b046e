import type {Command} from '../../infrastructure/commands.ts'
import type {GraphStore} from '../../infrastructure/graph-store.ts'
import type {ProgressionServer} from '../../infrastructure/language-client.ts'
import {withProgress} from '../../infrastructure/progress.ts'
import {pickEnvironment} from '../run/pick.ts'
import type {PlanDocuments} from './plan-documents.ts'

/** What a promotion would do, as a document; nothing is written. */
export class ShowPlanCommand implements Command {
  readonly id = 'progression.showPlan'
  readonly #server: ProgressionServer
  readonly #store: GraphStore
  readonly #plans: PlanDocuments

  constructor(server: ProgressionServer, store: GraphStore, plans: PlanDocuments) {
    this.#server = server
    this.#store = store
    this.#plans = plans
  }

  async run(clicked?: unknown): Promise<void> {
    const reference = await pickEnvironment(this.#store, 'promote', clicked)
    if (reference === undefined) return
    const {uri, name: progression} = reference.progression
    const environment = reference.node.environment ?? reference.node.label
    const plan = await withProgress(`Planning ${environment}`, async signal => {
      const planned = await this.#server.plan({uri, progression, environment, action: 'promote'}, signal)
      return signal.aborted ? undefined : planned
    })
    if (plan !== undefined) await this.#plans.show(plan)
  }
}
