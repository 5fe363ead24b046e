import {textGraph} from '../graph/text.ts'
import {progressionView} from '../graph/view.ts'
import {type Command, wordOf} from './command.ts'
import {openWorkspace, progressionFiles} from './workspace.ts'

export const graph: Command = {
  usage: 'progression graph [PATH…] [--format text|mermaid|json]',
  summary: 'Draws progressions: environments, their steps and what follows what.',
  options: {format: {type: 'string', short: 'f'}},
  help: {format: 'text (default), mermaid or json'},
  async run({folder, words, values, signal, out, error}) {
    const format = wordOf(values, 'format', ['text', 'mermaid', 'json'], 'text')
    const uris = await progressionFiles(folder, words, signal)
    const {analysis, open} = openWorkspace({log: message => error.write(`${message}\n`), signal})
    const views = []
    for (const uri of uris) {
      const document = await open(uri)
      for (const progression of analysis.progressions(document)) {
        const locate = (place: Parameters<typeof document.range>[0]) => {
          const range = place.document === document.uri ? document.range(place) : undefined
          return range && {uri, range}
        }
        views.push(progressionView(progression, {locate, statuses: new Map(), live: {state: 'notAsked'}}))
      }
    }
    if (views.length === 0) error.write('No progression was found.\n')
    if (format === 'json') out.write(`${JSON.stringify({progressions: views}, undefined, 2)}\n`)
    else out.write(views.map(view => `${format === 'text' ? textGraph(view) : view.mermaid}\n`).join('\n'))
    return views.length > 0 ? 0 : 2
  },
}
