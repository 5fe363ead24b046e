import {createHash} from 'node:crypto'
import type {ResolvedTarget} from '../model/promotion.ts'

/** How much of a name may be used before the suffixes we add; a ConfigMap's name may have 253 characters, a label's value 63. */
const longestName = 200
const longestLabel = 63

/** `progression-shop-production`, with the target where the environment has several. Names that Kubernetes would not take get a hash. */
export function stateName({progression, environment, target}: Pick<ResolvedTarget, 'progression' | 'environment' | 'target'>): string {
  const parts = target === environment ? [progression, environment] : [progression, environment, target]
  return dnsName(['progression', ...parts].join('-'), longestName)
}

/** `progression-shop-production-r7-0` */
export const payloadName = (target: ResolvedTarget, revision: number, part: number): string => `${stateName(target)}-r${revision}-${part}`

/** Lower case letters, digits and dashes, at most `longest` long; a hash keeps apart what this makes equal. */
export function dnsName(text: string, longest: number): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (plain === text && plain.length <= longest) return plain
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return `${plain.slice(0, longest - hash.length - 1).replace(/-+$/, '')}-${hash}`
}

/** A value a label can have. */
export const labelValue = (text: string): string => (/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(text) ? text : dnsName(text, longestLabel))

export const labels = {
  app: 'progression.dev/app',
  environment: 'progression.dev/env',
  target: 'progression.dev/target',
  revision: 'progression.dev/revision',
  phase: 'progression.dev/phase',
  kind: 'progression.dev/kind',
} as const

export const annotations = {
  /** On every object we apply: which release it is of, so that a mixed set can be told apart. */
  release: 'progression.dev/release',
  /** On every object we apply: `shop/production`. */
  environment: 'progression.dev/environment',
  /** On pod templates: hash of every ConfigMap and Secret they read. */
  configuration: 'progression.dev/configuration',
  /** On Deployments while they roll back: changed to have their controllers look again. */
  woken: 'progression.dev/woken',
  /** On smoke test Jobs: which revision they judge. */
  revision: 'progression.dev/revision',
} as const
