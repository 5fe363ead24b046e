import type {Document} from '../document/document.ts'
import {type Mapping, type Node, pairOf, type Scalar, valueAt} from '../document/node.ts'
import {absent, type Fact, known, unknown} from '../model/fact.ts'
import type {Place} from '../model/place.ts'
import type {ScriptJob} from '../model/script.ts'

/** A container of a Job: its words in order, command and then arguments, and the variables with a value written out. */
export type JobContainer = {readonly words: readonly Scalar[]; readonly isOpen: boolean; readonly variables: ReadonlyMap<string, string>}

export type JobReading = {readonly job: ScriptJob; readonly containers: readonly JobContainer[]; readonly at: Place}

/** The first Job of a file; undefined where there is none, or where it does not parse. */
export function readJob(document: Document): JobReading | undefined {
  for (const {section} of document.sections) {
    const {root} = section
    if (root?.kind !== 'mapping' || root.open || section.problems.length > 0 || scalar(pairOf(root, 'kind')?.value)?.value !== 'Job') continue
    return readRoot(root)
  }
  return undefined
}

function readRoot(root: Mapping): JobReading {
  const at = pairOf(root, 'kind')?.key.at ?? root.at
  const spec = valueAt(root, 'spec')
  const pod = valueAt(spec, 'template', 'spec')
  const word = (node: Node | undefined): string | undefined => {
    const found = scalar(node)
    return found && typeof found.value === 'string' ? found.value : undefined
  }
  return {
    at,
    job: {
      name: word(valueAt(root, 'metadata', 'name')),
      namespace: word(valueAt(root, 'metadata', 'namespace')),
      backoffLimit: numberAt(spec, 'backoffLimit', at),
      activeDeadlineSeconds: numberAt(spec, 'activeDeadlineSeconds', at),
      restartPolicy: textAt(pod, 'restartPolicy', at),
    },
    containers: items(valueAt(pod, 'containers')).map(containerOf),
  }
}

const scalar = (node: Node | undefined): Scalar | undefined => (node?.kind === 'scalar' && node.value !== null ? node : undefined)
const items = (node: Node | undefined): readonly Node[] => (node?.kind === 'sequence' ? node.items : [])

function containerOf(node: Node): JobContainer {
  const words = ['command', 'args'].flatMap(key => items(valueAt(node, key)))
  const read = words.flatMap(one => scalar(one) ?? [])
  const variables = new Map<string, string>()
  for (const one of items(valueAt(node, 'env'))) {
    const [name, value] = [scalar(valueAt(one, 'name')), scalar(valueAt(one, 'value'))]
    if (name && value) variables.set(String(name.value), String(value.value))
  }
  // Without a command the image decides what runs.
  return {words: read, isOpen: read.length !== words.length || items(valueAt(node, 'command')).length === 0, variables}
}

function numberAt(holder: Node | undefined, key: string, at: Place): Fact<number> {
  const node = valueAt(holder, key)
  if (!node) return absent(at)
  return node.kind === 'scalar' && typeof node.value === 'number' ? known(node.value, node.at) : unknown(`${key} is no number`, node.at)
}

function textAt(holder: Node | undefined, key: string, at: Place): Fact<string> {
  const node = valueAt(holder, key)
  if (!node) return absent(at)
  return node.kind === 'scalar' && typeof node.value === 'string' ? known(node.value, node.at) : unknown(`${key} is no text`, node.at)
}
