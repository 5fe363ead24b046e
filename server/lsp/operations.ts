import type {
  Changed,
  ChecklistParameters,
  Checklists,
  Graph,
  GraphParameters,
  Outcome,
  Plan,
  PlanParameters,
  RunParameters,
  Status,
  StatusParameters,
} from '../protocol.ts'

/** Each step of something long, in words for a person. */
export type Progress = (message: string) => void

/**
 * What an editor can ask beyond the language: pictures, plans, promotions. Everything the cluster or Git refuses comes back in
 * the answer, in words; only an abort or a mistake of ours throws.
 */
export interface Operations {
  /** From files and what is already known of the clusters; asks no cluster. */
  graph(parameters: GraphParameters, signal: AbortSignal): Promise<Graph>
  /** From files alone. */
  checklist(parameters: ChecklistParameters, signal: AbortSignal): Promise<Checklists>
  status(parameters: StatusParameters, signal: AbortSignal): Promise<Status>
  plan(parameters: PlanParameters, signal: AbortSignal): Promise<Plan>
  promote(parameters: RunParameters, progress: Progress, signal: AbortSignal): Promise<Outcome>
  rollback(parameters: RunParameters, progress: Progress, signal: AbortSignal): Promise<Outcome>
  /** Live state behind graphs changed. Documents are watched by the server itself. */
  onChanged(listener: (changed: Changed) => void): void
  /** Ends the cluster worker as a crash would. */
  killClusterWorker(): Promise<void>
}
