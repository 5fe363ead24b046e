import {type Fact, known, unknown} from '../model/fact.ts'
import type {Manifest} from '../model/manifests.ts'
import type {Environment, Target} from '../model/progression.ts'

export type Rendered = {readonly target: Target; readonly manifests: readonly Manifest[]}

/** What each target of an environment is made of. Unknown unless every target was rendered, and whole: a missing object may be any object. */
export function renderedTargets({targets, at}: Environment): Fact<readonly Rendered[]> {
  if (targets.open[0]) return targets.open[0]
  const all: Rendered[] = []
  for (const target of targets.items) {
    const {rendered} = target
    if (rendered.state !== 'known') return unknown(rendered.state === 'unknown' ? rendered.why : 'it was not rendered', rendered.at)
    if (rendered.value.open[0]) return rendered.value.open[0]
    all.push({target, manifests: rendered.value.items})
  }
  return known(all, at)
}

export type Json = {readonly [key: string]: unknown}

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in an object at a path of keys, or undefined where the path ends early. */
export const field = (object: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isJson(value) ? value[key] : undefined), object)

/** A whole number of pods, or undefined where something else stands. */
export const count = (value: unknown): number | undefined => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined)
