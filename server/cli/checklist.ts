import {checklist as itemsOf} from '../checklist/checklist.ts'
import type {Item, State} from '../checklist/item.ts'
import {fileUri} from '../document/uri.ts'
import {pathFrom} from '../report/resolve.ts'
import {type Command, wordOf} from './command.ts'
import {openWorkspace, progressionFiles} from './workspace.ts'

const marks: Readonly<Record<State, string>> = {done: '✓', missing: '✗', unknown: '?'}
const colours: Readonly<Record<State, string>> = {done: '32', missing: '31', unknown: '33'}

/** Says of ten things whether they are there; judges no text, so it exits 0 whatever is missing. */
export const checklist: Command = {
  usage: 'progression checklist [PATH…] [--format text|json]',
  summary: 'Says which of ten things a way to production has: done, missing or unknown.',
  options: {format: {type: 'string', short: 'f'}, color: {type: 'boolean'}, 'no-color': {type: 'boolean'}},
  help: {format: 'text (default) or json', color: 'colours even where the output is no terminal', 'no-color': 'no colours'},
  async run({folder, words, values, signal, out, error, environment}) {
    const format = wordOf(values, 'format', ['text', 'json'], 'text')
    const uris = await progressionFiles(folder, words, signal)
    const {analysis, open} = openWorkspace({log: message => error.write(`${message}\n`), signal})
    const isColoured = values.color === true || (values['no-color'] !== true && out.isTTY === true && !environment.NO_COLOR)
    const found = []
    for (const uri of uris) {
      const document = await open(uri)
      const documents = analysis.documents(document)
      const located = ({at, ...item}: Item) => {
        const home = documents.get(at.document)
        const start = home?.range(at)?.start
        return {...item, ...(start && {path: pathFrom(fileUri(folder), at.document), line: start.line + 1, column: start.character + 1})}
      }
      for (const progression of analysis.progressions(document)) found.push({name: progression.name, items: itemsOf(progression).map(located)})
    }
    if (found.length === 0) error.write(`No progression.yaml or *.progression.yaml was found in ${words.join(', ') || 'this folder'}.\n`)
    if (format === 'json') out.write(`${JSON.stringify({version: 1, progressions: found}, undefined, 2)}\n`)
    else {
      const paint = (text: string, colour: string): string => (isColoured ? `\u001B[${colour}m${text}\u001B[0m` : text)
      for (const {name, items} of found) {
        const done = items.filter(({state}) => state === 'done').length
        out.write(`${paint(name || 'a progression without a name', '1')}: ${done} of ${items.length}\n`)
        const width = Math.max(...items.map(({title}) => title.length))
        for (const {state, title, message, path, line, column} of items) {
          const place = path === undefined ? '' : `  ${paint(`${path}:${line}:${column}`, '2')}`
          out.write(`  ${paint(marks[state], colours[state])} ${title.padEnd(width)}  ${message}${place}\n`)
        }
      }
    }
    return found.length > 0 ? 0 : 2
  },
}
