import type {PrepareRenameParams, Range, RenameParams, TextDocumentEdit, TextEdit, WorkspaceEdit} from 'vscode-languageserver-protocol'
import {defineFeature, type FeatureRequest, Refusal} from './feature.ts'
import {occurrencesIn} from './names/marks.ts'
import {type Named, namedAt, usesIn} from './names/named.ts'
import {article, whyFixed, whyWrong} from './names/rename-check.ts'
import {scopeOf} from './names/scope.ts'
import {type Unit, unitAt} from './names/unit.ts'

/** Whether what stands here can have another name, and which part of the text that is. */
export const prepareRename = defineFeature({
  method: 'textDocument/prepareRename',
  capability: {},
  provide(request, {position}: PrepareRenameParams): {range: Range; placeholder: string} | Refusal | null {
    const found = namedHere(request, position)
    if (!found) return null
    const fixed = whyFixed(found.named)
    if (fixed !== undefined) return new Refusal(fixed)
    const {document} = request
    const range = document.range(inner(document.textOf(found.named.at), found.named.at))
    return range ? {range, placeholder: found.named.name} : null
  },
})

/** Gives a thing another name wherever it is named, over all files that build on each other. Quotes stay. */
export const rename = defineFeature({
  method: 'textDocument/rename',
  capability: {renameProvider: {prepareProvider: true}},
  async provide(request, {position, newName}: RenameParams, signal): Promise<WorkspaceEdit | Refusal | null> {
    const found = namedHere(request, position)
    if (!found) return null
    const {named, unit} = found
    const {schema, around, client} = request
    const wanted = newName.trim()
    const wrong = whyFixed(named) ?? whyWrong(named, wanted, schema)
    if (wrong !== undefined) return new Refusal(wrong)
    if (wanted === named.name) return null
    const units = await scopeOf(unit, named, schema, around, signal)
    if (units.some(one => isTaken(one, named, wanted, request))) return new Refusal(`There is already ${article(named.kind)} ${wanted}. Two need two names.`)
    const edits = new Map<Unit['document'], TextEdit[]>()
    for (const one of units) edits.set(one.document, [...(edits.get(one.document) ?? []), ...editsIn(one, named, wanted, request)])
    const changed = [...edits].filter(([, list]) => list.length > 0)
    if (!client.versionedEdits) return {changes: Object.fromEntries(changed.map(([{uri}, list]) => [around.spelling(uri), list]))}
    return {
      documentChanges: changed.map(
        ([document, list]): TextDocumentEdit => ({textDocument: {uri: around.spelling(document.uri), version: around.versionOf(document)}, edits: list}),
      ),
    }
  },
})

function namedHere({document, schema}: FeatureRequest, position: {readonly line: number; readonly character: number}): {named: Named; unit: Unit} | undefined {
  const offset = document.lines.offset(position)
  const unit = unitAt(document, offset)
  const named = unit && namedAt(unit, offset, schema)
  return unit && named && {unit, named}
}

const isTaken = ({section}: Unit, {type, kind}: Named, wanted: string, {schema}: FeatureRequest): boolean =>
  type === 'name' && kind !== 'target' && occurrencesIn(section, schema).some(one => one.defines && one.kind === kind && one.name === wanted)

function editsIn(unit: Unit, named: Named, wanted: string, {schema}: FeatureRequest): TextEdit[] {
  const {document} = unit
  return usesIn(unit, named, schema).flatMap(({at}) => {
    const written = document.textOf(at)
    const place = inner(written, at)
    const range = document.range(place)
    const plain = place === at && named.type === 'name'
    return range ? {range, newText: plain && isReserved(wanted) ? `'${wanted}'` : wanted} : []
  })
}

/** Without the quotes around it. */
const inner = <P extends {readonly start: number; readonly end: number}>(written: string, at: P): P =>
  /^(['"]).*\1$/s.test(written) ? {...at, start: at.start + 1, end: at.end - 1} : at

/** Words that YAML takes for something else than text. */
const isReserved = (word: string): boolean => /^(true|false|null|~|[-+]?[\d.][\d.eE+-]*|0[xo][\da-fA-F]+|\.inf|\.nan)$/i.test(word)
