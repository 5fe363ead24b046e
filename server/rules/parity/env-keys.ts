import {field, isJson} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {type Container, ofContainer, podKinds, sameContainers} from './containers.ts'
import {type Aspect, differences} from './difference.ts'
import {plainName, withoutHash} from './names.ts'
import type {Compared} from './objects.ts'

/** One finding a pair: names of variables, never their values. What comes from a ConfigMap is parity/config-keys' business. */
export const parityEnvKeys = defineComparison({
  title: 'Environments set different variables',
  subject: 'environment variables',
  kinds: podKinds,
  compare: (earlier, later, sides) =>
    sameContainers(earlier, later).flatMap(([one, other]) => {
      const [before, after] = [sources(earlier, one, sides.earlier), sources(later, other, sides.later)]
      return differences(variables(earlier, one), variables(later, other)).filter(({path, only}) => {
        const missing = only === 'earlier' ? after : before
        const found = only === 'earlier' ? before : after
        if (missing.keys.has(path.slice(path.lastIndexOf('.env.') + 5))) return false
        // A source that cannot be read may bring the variable, unless the other side has it too and sets the variable all the same.
        return [...missing.unread].every(source => found.unread.has(source))
      })
    }),
})

const variables = (object: Compared, container: Container): readonly Aspect[] =>
  list(container.json.env).flatMap(one => {
    const name = field(one, 'name')
    return typeof name === 'string' ? [{path: `${container.path}.env.${name}`, label: `${name}${ofContainer(object, container)}`, normal: '', shown: ''}] : []
  })

type Sources = {readonly keys: ReadonlySet<string>; readonly unread: ReadonlySet<string>}

/** What `envFrom` brings: keys of rendered objects, and the sources that lie elsewhere. */
function sources({words, object}: Compared, {json}: Container, objects: readonly Compared[]): Sources {
  const [keys, unread] = [new Set<string>(), new Set<string>()]
  for (const source of list(json.envFrom)) {
    for (const [kind, key] of [
      ['ConfigMap', 'configMapRef'],
      ['Secret', 'secretRef'],
    ] as const) {
      const name = field(source, key, 'name')
      if (typeof name !== 'string') continue
      const found = objects.find(one => one.kind === kind && one.object.metadata.name === name && one.object.metadata.namespace === object.metadata.namespace)
      const prefix = field(source, 'prefix') ?? ''
      if (!found) unread.add(`${kind} ${plainName(withoutHash(name), words)}`)
      for (const data of ['data', 'stringData']) for (const one of Object.keys(map(found?.object[data]))) keys.add(`${prefix}${one}`)
    }
  }
  return {keys, unread}
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const map = (value: unknown): Readonly<Record<string, unknown>> => (isJson(value) ? value : {})
