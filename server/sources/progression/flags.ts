import {folderOf, resolveUri} from '../../document/uri.ts'
import {type Fact, known, type Unknown, unknown} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import type {Flag, FlagFile, Flags} from '../../model/progression.ts'
import {type Convert, text} from './field.ts'
import {fill, type Scope} from './variables.ts'

const sources: readonly string[] = ['file', 'flagd', 'configMap'] satisfies readonly FlagFile['kind'][]

/** The flags an environment writes down, and where it reads others from; those stay open until somebody has read them. */
export const flags =
  (scope: Scope): Convert<Flags> =>
  node => {
    if (node.kind !== 'mapping') return undefined
    const values = new Map<string, Flag>()
    const files: FlagFile[] = []
    const open: Unknown[] = node.open ? [unknown(node.open, node.at)] : []
    for (const {key, value} of node.pairs) {
      if (sources.includes(key.source)) {
        const written = text(value)
        if (value.kind === 'scalar' && value.value === null) continue
        if (written === undefined) open.push(unknown(`${key.source} is unfinished`, key.at))
        else files.push(flagFile(key.source as FlagFile['kind'], written, value.at, scope))
        continue
      }
      // Null takes an inherited flag away.
      if (value.kind === 'scalar' && value.value === null) continue
      const fact: Fact<unknown> = value.kind === 'scalar' ? known(value.value, value.at) : unknown(`${key.source} is no plain value`, key.at)
      values.set(key.source, {value: fact, at: key.at})
    }
    for (const {written, at} of files) open.push(unknown(`${written} is not read`, at))
    return {values, files, open, extent: node.at}
  }

function flagFile(kind: FlagFile['kind'], written: string, at: Place, scope: Scope): FlagFile {
  const {text: path, missing} = fill(written, scope)
  return kind === 'configMap' || missing.length > 0 ? {kind, written, at} : {kind, written, at, uri: resolveUri(folderOf(at.document), path)}
}
