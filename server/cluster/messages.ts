import type {Plan, PromotionEvent, PromotionRequest, RenderedTarget, ResolvedTarget, RollbackRequest, TargetStatus} from '../model/promotion.ts'
import type {KubeconfigSource} from './kubeconfig.ts'

/** What each method takes and what it answers, once or again and again. Plain data throughout. */
export type Methods = {
  readonly plan: {readonly input: PromotionRequest; readonly item: Plan}
  readonly planRollback: {readonly input: RollbackRequest; readonly item: Plan}
  readonly promote: {readonly input: PromotionRequest; readonly item: PromotionEvent}
  readonly rollback: {readonly input: RollbackRequest; readonly item: PromotionEvent}
  readonly setup: {readonly input: readonly RenderedTarget[]; readonly item: PromotionEvent}
  readonly status: {readonly input: readonly ResolvedTarget[]; readonly item: readonly TargetStatus[]}
  readonly watch: {readonly input: readonly ResolvedTarget[]; readonly item: readonly TargetStatus[]}
}
export type Method = keyof Methods

/** To the worker. */
export type Order =
  | {[M in Method]: {readonly kind: 'call'; readonly id: number; readonly method: M; readonly input: Methods[M]['input']}}[Method]
  | {readonly kind: 'cancel'; readonly id: number}

/** From the worker. */
export type Report =
  | {readonly kind: 'item'; readonly id: number; readonly item: Methods[Method]['item']}
  | {readonly kind: 'end'; readonly id: number}
  /** A mistake of ours: what a cluster refuses comes as an item. */
  | {readonly kind: 'failed'; readonly id: number; readonly message: string}

export type WorkerData = {readonly kubeconfig: KubeconfigSource}
