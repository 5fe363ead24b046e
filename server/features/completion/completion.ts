import type {CompletionItem, CompletionList, CompletionParams} from 'vscode-languageserver-protocol'
import {type Cursor, cursorsAt} from '../cursor/cursor.ts'
import type {Path} from '../cursor/frame.ts'
import {defineFeature, type FeatureRequest} from '../feature.ts'
import {type Candidate, kinds} from './candidate.ts'
import {commentCandidates} from './comments.ts'
import {fit} from './fit.ts'
import {keyCandidates} from './keys.ts'
import {manifestCandidates} from './manifests.ts'
import {pathCandidates} from './paths.ts'
import {type CompletionPlace, placeAt} from './place.ts'
import {queryCandidates} from './queries.ts'
import {belowCandidates, itemCandidates, valueCandidates} from './values.ts'
import {variableCandidates} from './variables.ts'

/** Everything the format knows about the place of the cursor; where the text does not parse, its indentation decides. */
export const completion = defineFeature({
  method: 'textDocument/completion',
  capability: {completionProvider: {triggerCharacters: [' ', '[', '{', ',', '/', '$', '"', "'"]}},
  async provide(request, {position, context}: CompletionParams, signal): Promise<CompletionList | null> {
    const offset = request.document.lines.offset(position)
    const items: CompletionItem[] = []
    let isIncomplete = false
    for (const cursor of cursorsAt(request.document, offset)) {
      if (context?.triggerCharacter !== undefined && !answersTo(context.triggerCharacter, cursor)) continue
      const found = await candidatesAt(request, cursor, offset, signal)
      // Behind digits every unit is proposed, so other digits want other proposals.
      isIncomplete ||= found.some(({kind}) => kind === kinds.unit)
      items.push(...fit(found, cursor, request.document, request.client))
    }
    return items.length > 0 ? {isIncomplete, items} : null
  },
})

/** A space is typed for indentation, too: then nothing may come up. */
const answersTo = (character: string, cursor: Cursor): boolean =>
  character !== ' ' ||
  !(cursor.kind === 'key' ? !cursor.flow : cursor.kind === 'text' || ('below' in cursor && cursor.below) || (cursor.kind === 'item' && cursor.before === '- '))

async function candidatesAt(request: FeatureRequest, cursor: Cursor, offset: number, signal: AbortSignal): Promise<readonly Candidate[]> {
  const place = placeAt(request, cursor, offset)
  const inQuery = cursor.kind === 'text' || cursor.kind === 'value' ? (variableCandidates(place, cursor.path) ?? queryCandidates(place)) : undefined
  if (inQuery) return inQuery
  switch (cursor.kind) {
    case 'comment':
      return commentCandidates(place)
    case 'key':
      return keyCandidates(place, cursor)
    case 'text':
      return variableCandidates(place, cursor.path) ?? []
    case 'item':
      return variableCandidates(place, cursor.path) ?? [...(await foundInFiles(place, cursor.path, signal)), ...itemCandidates(place, cursor.path)]
    case 'value':
      return valueAt(place, cursor, signal)
  }
}

async function valueAt(place: CompletionPlace, {path, below}: Cursor & {readonly kind: 'value'}, signal: AbortSignal): Promise<readonly Candidate[]> {
  if (below) return belowCandidates(place, path)
  return variableCandidates(place, path) ?? [...(await foundInFiles(place, path, signal)), ...valueCandidates(place, path)]
}

const foundInFiles = async (place: CompletionPlace, path: Path, signal: AbortSignal): Promise<readonly Candidate[]> => [
  ...(await pathCandidates(place, path, signal)),
  ...(await manifestCandidates(place, path, signal)),
]
