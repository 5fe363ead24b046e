import {Document} from '../../../server/document/document.ts'
import type {Progression} from '../../../server/model/progression.ts'
import type {Reading} from '../../../server/sources/progression/read.ts'
import {type Bases, readSection} from '../../../server/sources/progression/source.ts'

export const uri = 'file:///w/progression.yaml'

/** Reads a text as progression.yaml. `others` are the files it may extend, by path from its folder. */
export function readings(text: string, others: Readonly<Record<string, string>> = {}): {document: Document; readings: readonly Reading[]} {
  const document = new Document(uri, 1, text)
  const bases: Bases = base => {
    const found = others[base.slice('file:///w/'.length)]
    return found === undefined ? {state: 'missing'} : {state: 'read', document: new Document(base, 1, found)}
  }
  return {document, readings: document.sections.flatMap(({section}, index) => readSection(document, section, index, bases, {}) ?? [])}
}

export function read(text: string, others?: Readonly<Record<string, string>>): Progression {
  const [first] = readings(text, others).readings
  if (!first) throw new Error('nothing was read')
  return first.progression
}

export const messages = (progression: Progression): readonly string[] => progression.problems.map(({code, message}) => `${code}: ${message}`)
