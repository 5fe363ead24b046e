import type {CodeLens, CodeLensParams, Command} from 'vscode-languageserver-protocol'
import type {Environment, Progression} from '../model/progression.ts'
import type {StepKind} from '../model/step.ts'
import {defineFeature} from './feature.ts'

/** Every environment has these, so they say nothing. */
const unspoken: ReadonlySet<StepKind> = new Set(['plan', 'deploy', 'rollout', 'verified'])

/** Over each environment where it is on the way and what it asks of a release; with our extension, what can be done there. */
export const codeLenses = defineFeature({
  method: 'textDocument/codeLens',
  capability: {codeLensProvider: {resolveProvider: false}},
  provide: ({document, progressions, client}, _params: CodeLensParams): CodeLens[] =>
    progressions.flatMap(progression =>
      progression.environments.items.flatMap(environment => {
        // What is inherited from a base file stands there.
        const range = environment.at.document === document.uri ? document.range(environment.at) : undefined
        if (!range) return []
        return commandsOf(progression, environment, client.commands).map(command => ({range, command}))
      }),
    ),
})

function commandsOf(progression: Progression, {name, ...environment}: Environment, known: boolean): readonly Command[] {
  const title = [position(progression, name), after(progression, name), steps(environment)].filter(part => part !== '').join(' · ')
  // As the graph names them: the extension finds the environment by it.
  const reference = {progression: `${progression.document}#${progression.index}`, node: name}
  if (!known) return [{title, command: ''}]
  return [
    {title, command: 'progression.openFlowchart', arguments: [reference]},
    {title: 'Promote…', command: 'progression.promote', arguments: [reference]},
    {title: 'Roll Back…', command: 'progression.rollBack', arguments: [reference]},
  ]
}

function position({environments: {items, open}}: Progression, name: string): string {
  const index = items.findIndex(one => one.name === name)
  return open.length > 0 ? `${index + 1}` : `${index + 1} of ${items.length}`
}

function after({transitions}: Progression, name: string): string {
  const before = transitions.items.flatMap(({from, to}) => (to === name ? [typeof from === 'string' ? from : from.trigger] : []))
  if (before.length > 0) return `after ${before.length > 1 ? `${before.slice(0, -1).join(', ')} and ${before.at(-1)}` : before[0]}`
  return transitions.open.length > 0 ? '' : 'first'
}

const steps = ({steps: {items}}: Pick<Environment, 'steps'>): string => items.flatMap(({kind}) => (unspoken.has(kind) ? [] : kind)).join(', ')
