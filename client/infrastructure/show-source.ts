import {Range, TabInputText, Uri, ViewColumn, window} from 'vscode'
import type {Location} from '../../server/protocol.ts'

/** Opens a place in a text editor: where the document is open already, else beside the column it was asked from. */
export async function showSource({uri, range: {start, end}}: Location, from?: ViewColumn): Promise<void> {
  const target = Uri.parse(uri)
  const open = window.tabGroups.all.find(group => group.tabs.some(({input}) => input instanceof TabInputText && input.uri.toString() === target.toString()))
  const viewColumn = open?.viewColumn ?? (from === undefined ? ViewColumn.Active : from > 1 ? from - 1 : ViewColumn.Beside)
  // The start alone is selected: a whole environment in inverse colours is hard to read.
  await window.showTextDocument(target, {
    viewColumn,
    selection: new Range(start.line, start.character, start.line, end.line === start.line ? end.character : start.character),
  })
}
