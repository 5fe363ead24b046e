import {type Mapping, pairOf} from '../../document/node.ts'
import type {Command, Word} from '../../model/command.ts'
import {formatDuration} from '../../model/duration.ts'
import {absent, known, knownValue, type Listing, type Unknown, unknown} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import type {Step, StepKind} from '../../model/step.ts'
import {type Convert, duration, entries, field, text} from './field.ts'

const configured = ['scan', 'approval', 'migrate', 'smoke', 'load', 'gates', 'soak', 'watch'] as const satisfies readonly StepKind[]

/** The steps of an environment in the order they happen; one whose value is unfinished leaves the listing open. */
export function steps(environment: Mapping, at: Place): Listing<Step> {
  const open: Unknown[] = environment.open ? [unknown(environment.open, at)] : []
  const found = new Map<StepKind, Step>()
  for (const kind of ['plan', 'deploy', 'rollout', 'verified'] as const)
    found.set(kind, {kind, at, canFail: known(true, at), timeout: absent(at), command: absent(at), file: absent(at), script: absent(at)})
  for (const kind of configured) {
    const pair = pairOf(environment, kind)
    if (!pair) continue
    const {key, value} = pair
    if (value.kind === 'scalar' && value.value === null) continue
    if (value.kind === 'empty' || value.kind === 'broken') {
      open.push(unknown(`${kind} is unfinished`, key.at))
      continue
    }
    if (kind === 'soak' && value.kind === 'scalar' && duration(value) === 0) continue
    if (value.kind === 'sequence' && value.items.length === 0 && !value.open) continue
    const command = value.kind === 'mapping' ? field(value, 'run', key.at, commandOf) : absent(key.at)
    const file = value.kind === 'mapping' ? fileOf(value, key.at) : absent(key.at)
    found.set(kind, {
      kind,
      at: key.at,
      canFail: unknown('not judged', key.at),
      timeout: field(value, 'timeout', key.at, duration),
      command,
      file,
      script: command.state === 'absent' && file.state === 'absent' ? absent(key.at) : unknown('it was not read', key.at),
      extent: value.at,
      detail: detail(kind, environment),
    })
  }
  const order: readonly StepKind[] = ['plan', 'scan', 'approval', 'migrate', 'deploy', 'rollout', 'smoke', 'load', 'gates', 'soak', 'verified', 'watch']
  return {items: order.flatMap(kind => found.get(kind) ?? []), open}
}

const commandOf: Convert<Command> = node => {
  if (node.kind === 'sequence') {
    const words = entries(node, (item): Word | undefined => {
      const written = text(item)
      return written === undefined ? undefined : {text: written, at: item.at}
    })
    return {kind: 'arguments', words, at: node.at}
  }
  const shell = pairOf(node, 'shell')?.value
  const script = shell && text(shell)
  if (shell?.kind !== 'scalar' || script === undefined) return undefined
  return {kind: 'shell', script, written: shell.written ?? shell.source, style: shell.style, at: shell.at}
}

/** A Job goes before a k6 script, as it does when it is run. */
function fileOf(step: Mapping, at: Place): Step['file'] {
  for (const kind of ['job', 'k6'] as const) {
    const found = field(step, kind, at, (node): {kind: typeof kind; path: Word} | undefined => {
      const written = text(node)
      return written === undefined ? undefined : {kind, path: {text: written, at: node.at}}
    })
    if (found.state !== 'absent') return found
  }
  return absent(at)
}

/** A few words for the flowchart. */
function detail(kind: StepKind, environment: Mapping): string | undefined {
  const value = pairOf(environment, kind)?.value
  if (!value) return undefined
  if (kind === 'soak' || kind === 'watch') return value.kind === 'scalar' ? value.source : undefined
  if (kind === 'gates' && value.kind === 'sequence')
    return value.items.flatMap(item => (item.kind === 'mapping' ? (item.pairs[0]?.key.source ?? []) : (text(item) ?? []))).join(', ')
  if (kind === 'approval') {
    const required = pairOf(value, 'required')?.value
    return required?.kind === 'scalar' ? `${required.source} required` : undefined
  }
  const requests = pairOf(value, 'http')?.value
  const timeout = knownValue(field(value, 'timeout', value.at, duration))
  const within = timeout === undefined ? '' : ` in ${formatDuration(timeout)}`
  if (requests?.kind === 'sequence') return `${requests.items.length} ${requests.items.length === 1 ? 'request' : 'requests'}${within}`
  for (const key of ['k6', 'job', 'report', 'run']) {
    const named = pairOf(value, key)?.value
    if (named?.kind === 'scalar') return named.source
    if (named?.kind === 'sequence')
      return named.items
        .flatMap(item => (item.kind === 'scalar' ? item.source : []))
        .slice(0, 2)
        .join(' ')
  }
  return undefined
}
