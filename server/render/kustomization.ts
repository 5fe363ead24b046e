import {parseDocument} from 'yaml'

/** What a kustomization refers to, as far as its text says. What does not parse refers to nothing: Kustomize will complain itself. */
export type References = {
  /** Files, or folders with a kustomization of their own. */
  readonly bases: readonly string[]
  /** Files only. */
  readonly files: readonly string[]
  /** Generators, transformers and validators: files or folders whose documents name files, relative to this kustomization. */
  readonly plugins: readonly string[]
  /** Key of a Helm chart that Kustomize would render by running `helm`. */
  readonly chart?: string
}

const nothing: References = {bases: [], files: [], plugins: []}

/** The names Kustomize looks for, in its order. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

type Mapping = {readonly [key: string]: unknown}

export function readKustomization(text: string): References {
  const content = parse(text)
  if (!isMapping(content)) return nothing
  const paths = (key: string) => items(content[key]).filter(isPath)
  const patches = [...items(content.patches), ...items(content.patchesJson6902), ...items(content.replacements)]
  const inline = [...items(content.generators), ...items(content.transformers), ...items(content.validators)].filter(isText)
  const chart = ['helmCharts', 'helmChartInflationGenerator'].find(key => items(content[key]).length > 0)
  return {
    bases: [...paths('resources'), ...paths('bases'), ...paths('components')],
    files: [
      ...[...paths('crds'), ...paths('configurations'), ...paths('patchesStrategicMerge')],
      ...patches.filter(isMapping).flatMap(patch => [patch.path].filter(isPath)),
      ...[...items(content.configMapGenerator), ...items(content.secretGenerator)].flatMap(generatorFiles),
      ...[isMapping(content.openapi) ? content.openapi.path : undefined].filter(isPath),
      ...inline.filter(item => !isPath(item)).flatMap(readPlugin),
    ],
    plugins: inline.filter(isPath),
    ...(chart === undefined ? {} : {chart}),
  }
}

/**
 * Files that the configuration of a generator or transformer names, which may hold several documents. The keys are those of
 * Kustomize's own plugins (api/types in its source); what is missed here the engine asks for.
 */
export function readPlugin(text: string): readonly string[] {
  return text.split(/^---(?:\s.*)?$/m).flatMap(part => {
    const content = parse(part)
    if (!isMapping(content)) return []
    const nested = [...items(content.patches), ...items(content.replacements)].filter(isMapping)
    const named = [content.path, ...items(content.paths), ...items(content.patches), ...nested.map(item => item.path)]
    return [...named.filter(isPath), ...generatorFiles(content)]
  })
}

/** Whether Kustomize would fetch this over the network: the schemes and short forms of its api/internal/git/repospec.go. */
export const isRemote = (path: string): boolean =>
  /^(?:git::)?(?:https?|ssh|file):\/\//i.test(path) || /^(?:git::)?[\w.-]+@[^/]+[:/]/.test(path) || /^(?:git::)?(?:gh:|(?:www\.)?github\.com[:/])/i.test(path)

/** `files` and `envs` of a ConfigMap or Secret generator; a file may stand behind its key: `key=path`. */
function generatorFiles(generator: unknown): readonly string[] {
  if (!isMapping(generator)) return []
  const files = items(generator.files)
    .filter(isPath)
    .map(item => item.slice(item.indexOf('=') + 1))
  return [...files, ...[...items(generator.envs), generator.env].filter(isPath)]
}

function parse(text: string): unknown {
  const document = parseDocument(text, {strict: false, uniqueKeys: false, logLevel: 'silent'})
  if (document.errors.length > 0) return undefined
  try {
    return document.toJS({maxAliasCount: 100})
  } catch {
    return undefined // an alias bomb, which Kustomize refuses too
  }
}

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isText = (value: unknown): value is string => typeof value === 'string'
/** A path, and not a document written in its place. */
const isPath = (value: unknown): value is string => isText(value) && value !== '' && !value.includes('\n')
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value)
