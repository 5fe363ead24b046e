import type {ParityAllowance} from '../../model/progression.ts'
import {field} from '../manifests.ts'
import type {Compared} from './objects.ts'
import {share} from './quantity.ts'

/** One thing that two environments have differently. `only` where one of them has nothing at all there. */
export type Difference = {
  /** Where it stands, for `parity: allow`, with names of containers in place of their numbers. */
  readonly path: string
  readonly label: string
  readonly earlier?: string
  readonly later?: string
  readonly only?: 'earlier' | 'later'
  /** Smaller ÷ larger, of numbers. */
  readonly ratio?: number
}

/** A value by its path: its normal form decides, what was written is shown. */
export type Aspect = {readonly path: string; readonly label: string; readonly normal: string; readonly shown?: string; readonly amount?: number}

/** What differs between two lists of values. A path that is missing on one side is there `only` on the other. */
export function differences(earlier: readonly Aspect[], later: readonly Aspect[]): readonly Difference[] {
  const [before, after] = [new Map(earlier.map(one => [one.path, one])), new Map(later.map(one => [one.path, one]))]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): Difference[] => {
    const [one, other] = [before.get(path), after.get(path)]
    if (!one || !other) {
      const aspect = one ?? other
      if (!aspect) return []
      return [{path, label: aspect.label, earlier: one && shown(one), later: other && shown(other), only: one ? 'earlier' : 'later'}]
    }
    const ratio = one.amount === undefined || other.amount === undefined ? undefined : share(one.amount, other.amount)
    if (ratio === 1 || one.normal === other.normal) return []
    return [{path, label: one.label, earlier: shown(one), later: shown(other), ratio}]
  })
}

const shown = ({normal, shown}: Aspect): string => shown ?? normal

/** Whether what was declared allows a difference between two objects, one of which may be missing. */
export function isAllowed(difference: Difference, objects: readonly Compared[], allow: readonly ParityAllowance[]): boolean {
  return allow.some(allowance => {
    if (!objects.some(one => speaksOf(allowance, one))) return false
    if (allowance.field !== undefined && !isPart(allowance.field, difference.path)) return false
    return allowance.ratio === undefined || (difference.ratio ?? 0) >= allowance.ratio - 1e-9
  })
}

/** By its own kind and name, or by those of what it scales. */
function speaksOf({kind, name}: ParityAllowance, {object, ...one}: Compared): boolean {
  const target = field(object, 'spec', 'scaleTargetRef')
  const targetName = field(target, 'name')
  const isKind = kind === undefined || kind === one.kind || kind === field(target, 'kind')
  const isName = name === undefined || [one.name, one.plainName, object.metadata.name, targetName].includes(name)
  return isKind && isName
}

/** `resources.limits` is a part of `spec.template.spec.containers.main.resources.limits.memory`: its words, in their order. */
function isPart(written: string, path: string): boolean {
  const [wanted, found] = [segments(written), segments(path)]
  let next = 0
  for (const segment of found) if (segment === wanted[next] || wanted[next] === '*') next++
  return wanted.length > 0 && next === wanted.length
}

const segments = (path: string): readonly string[] => path.split(/[.[\]/]+/).filter(segment => segment !== '')
