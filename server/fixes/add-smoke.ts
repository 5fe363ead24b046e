import {type Environment, environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Asks a service of the environment after its rollout; the first one that is rendered, or else one named like the progression. */
export const addSmoke = defineFix<'environment'>({
  id: 'add-smoke',
  title: ({environment}) => `Test ${environment} after its rollout`,
  edits({document, progression, arguments: {environment: name}}) {
    const environment = environmentNamed(progression, name)
    if (!environment || environment.steps.items.some(({kind}) => kind === 'smoke')) return undefined
    const service = serviceOf(environment) ?? `${progression.name}:http`
    const edit = setPair(document, environment.extent, 'smoke', `{service: '${service}', http: [{get: /healthz}], timeout: 60s}`)
    return edit && [edit]
  },
})

function serviceOf({targets}: Environment): string | undefined {
  for (const {rendered} of targets.items) {
    if (rendered.state !== 'known') continue
    for (const {object} of rendered.value.items) {
      const ports = object.kind === 'Service' ? (object.spec as {ports?: unknown} | undefined)?.ports : undefined
      const first: {name?: unknown; port?: unknown} | undefined = Array.isArray(ports) ? ports[0] : undefined
      const port = first?.name ?? first?.port
      if (typeof port === 'string' || typeof port === 'number') return `${object.metadata.name}:${port}`
    }
  }
  return undefined
}
