import {known, listing, unknown} from './fact.ts'
import type {Uri} from './files.ts'
import type {Rendering} from './manifests.ts'
import type {Problem} from './problem.ts'
import type {Environment, Progression, Target} from './progression.ts'

/** What each target's manifests came to, by {@link targetKey}. */
export type Renderings = ReadonlyMap<string, Rendering>

/** Names one target among all of a file's progressions. */
export const targetKey = (progression: Progression, environment: Environment, target: Target): string =>
  JSON.stringify([progression.index, environment.name, target.name])

/** The progression with what was rendered filled in. A failed rendering becomes a problem at the manifests key, in the engine's own words. */
export function withRenderings(progression: Progression, renderings: Renderings): Progression {
  const problems: Problem[] = []
  const items = progression.environments.items.map(environment => ({
    ...environment,
    targets: {
      ...environment.targets,
      items: environment.targets.items.map((target): Target => {
        const rendering = renderings.get(targetKey(progression, environment, target))
        const at = target.manifests.at
        if (!rendering) return target
        if (rendering.state === 'rendered') return {...target, rendered: known(listing(rendering.manifests), at)}
        if (rendering.state === 'unknown') return {...target, rendered: unknown(rendering.why, at)}
        // A path that leads nowhere is said where it is written.
        if (namesMissing(environment, target)) return {...target, rendered: unknown('its manifests are missing', at)}
        const whose = environment.targets.items.length > 1 ? `${environment.name}/${target.name}` : environment.name
        problems.push({code: 'config/rendering', at, message: `${whose} does not render: ${rendering.message}${placed(rendering, progression.document)}`})
        return {...target, rendered: unknown(`it does not render: ${rendering.message}`, at)}
      }),
    },
  }))
  return {...progression, environments: {...progression.environments, items}, problems: [...progression.problems, ...oneEach(problems)]}
}

function namesMissing({paths}: Environment, {manifests}: Target): boolean {
  if (manifests.state !== 'known') return false
  const named = new Set(manifests.value.flatMap(source => (source.kind === 'helm' ? [source.chart, ...source.values] : [source.folder])))
  return paths.some(({uri, existence, lacks}) => named.has(uri) && ((existence.state === 'known' && existence.value === 'missing') || lacks !== undefined))
}

/** The same failure at the same key is said once, however many environments share the key. */
function oneEach(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map<string, Problem>()
  for (const problem of problems) {
    const key = `${problem.at.block} ${problem.at.start}`
    const before = byPlace.get(key)
    byPlace.set(key, before ? {...before, message: `${before.message}\n${problem.message}`} : problem)
  }
  return [...byPlace.values()]
}

/** Where the engine stopped, as a path from the folder of the document, unless its message says so itself. */
function placed({at, message}: Extract<Rendering, {state: 'failed'}>, document: Uri): string {
  if (!at) return ''
  const folder = document.slice(0, document.lastIndexOf('/') + 1)
  const path = decodeURIComponent(at.uri.startsWith(folder) ? at.uri.slice(folder.length) : (at.uri.split('/').at(-1) ?? ''))
  return message.includes(path) ? '' : ` (${path}${at.line === undefined ? '' : `:${at.line}`})`
}
