import type {CompletionItem, CompletionList, TextEdit} from 'vscode-languageserver-protocol'
import {Document} from '../../server/document/document.ts'
import {completion} from '../../server/features/completion/completion.ts'
import {Refusal} from '../../server/features/feature.ts'
import {type Desk, desk, edited} from './desk.ts'

/** What is proposed at the cursor, in the order it is shown. */
export async function complete(marked: string, ...more: [Parameters<typeof desk>[1]?, Parameters<typeof desk>[2]?]): Promise<readonly CompletionItem[]> {
  return itemsAt(await desk(marked, ...more))
}

export async function itemsAt({ask}: Desk, triggerCharacter?: string): Promise<readonly CompletionItem[]> {
  const list = (await ask(completion, triggerCharacter === undefined ? {} : {context: {triggerKind: 2, triggerCharacter}})) as CompletionList | Refusal | null
  if (list instanceof Refusal) throw new Error(list.message)
  return (list?.items ?? []).toSorted((one, other) => ((one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1))
}

export const labels = (items: readonly CompletionItem[]): readonly string[] => items.map(({label}) => label)

/** The text after an item was taken, with what its placeholders propose. Fails where the item would not be shown for what is typed. */
export async function accept(marked: string, label: string, ...more: [Parameters<typeof desk>[1]?, Parameters<typeof desk>[2]?]): Promise<string> {
  const at = await desk(marked, ...more)
  const items = await itemsAt(at)
  const item = items.find(one => one.label === label)
  if (!item) throw new Error(`${label} is not among ${labels(items).join(', ')}`)
  const edit = item.textEdit as TextEdit
  const typed = at.document.text.slice(at.document.lines.offset(edit.range.start), at.offset)
  if (!isFound(typed, item.filterText ?? item.label)) throw new Error(`${JSON.stringify(typed)} would not find ${item.filterText}`)
  if (edit.range.start.line !== at.position.line || edit.range.end.line !== at.position.line) throw new Error('the edit is not on the line of the cursor')
  return acceptItem(at.document.text, item)
}

/** A text with an item taken. */
export function acceptItem(text: string, {textEdit, insertTextFormat, additionalTextEdits = []}: CompletionItem): string {
  const {range, newText} = textEdit as TextEdit
  return edited(new Document('file:///workspace/progression.yaml', 1, text), [
    {range, newText: insertTextFormat === 2 ? expand(newText) : newText},
    ...additionalTextEdits,
  ])
}

/** As editors filter: the letters in their order. */
function isFound(typed: string, filter: string): boolean {
  let at = 0
  for (const character of typed.trim().toLowerCase()) {
    at = filter.toLowerCase().indexOf(character, at) + 1
    if (at === 0) return false
  }
  return true
}

/** A snippet with its proposals taken. Written apart from the server's own, so that one can find the other's mistakes. */
export function expand(snippet: string): string {
  const values: Record<string, string> = {}
  let out = ''
  for (let at = 0; at < snippet.length; at++) {
    const rest = snippet.slice(at)
    const placeholder = /^\$\{(\d+):((?:\\.|\$\d|[^}\\])*)\}/.exec(rest)
    const choice = /^\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}/.exec(rest)
    const mirror = /^\$(\d+)|^\$\{(\d+)\}/.exec(rest)
    const match = placeholder ?? choice ?? mirror
    if (rest[0] === '\\') {
      out += snippet[++at] ?? ''
      continue
    }
    if (!match) {
      if (/^\$\{?[A-Za-z_]/.test(rest)) throw new Error(`a variable of the editor stands in ${snippet}`)
      out += rest[0]
      continue
    }
    const number = match[1] ?? match[2] ?? ''
    if (placeholder) values[number] = expandInner(match[2] ?? '', values)
    if (choice) values[number] = (match[2] ?? '').split(/(?<!\\),/)[0]?.replace(/\\(.)/g, '$1') ?? ''
    out += values[number] ?? ''
    at += match[0].length - 1
  }
  return out
}

const expandInner = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\\(.)|\$(\d)/g, (_, escaped?: string, number?: string) => escaped ?? values[number ?? ''] ?? '')
