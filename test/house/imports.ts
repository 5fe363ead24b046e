import {posix} from 'node:path'
import {read, withoutComments} from './repository.ts'

/** One import of a file: `to` is a path in the repository, or the name of a package. */
export type Import = {readonly from: string; readonly to: string; readonly line: number; readonly relative: boolean; readonly typeOnly: boolean}

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g

/** The imports that stand in a text, dynamic ones and those of types included. */
export function importsIn(from: string, source: string): readonly Import[] {
  const text = withoutComments(source)
  return [...text.matchAll(statement)].map(found => {
    const name = found[2] ?? found[3] ?? ''
    const relative = name.startsWith('.')
    return {
      from,
      to: relative ? posix.join(posix.dirname(from), name) : name,
      line: text.slice(0, found.index + found[0].search(/\S/)).split('\n').length,
      relative,
      typeOnly: found[1] !== undefined,
    }
  })
}

export const importsOf = (file: string): readonly Import[] => importsIn(file, read(file))

/** `model` of `server/model/fact.ts`, `service` of `server/service.ts`, `client` of anything in there, else the first folder. */
export function folderOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  return first === 'server' ? second.replace(/\.ts$/, '') : first
}
