import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

/** Real public configuration, where it is present: `PROGRESSION_CORPUS`, else `shared/corpus` beside the project. */
export const corpus: string = process.env.PROGRESSION_CORPUS ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url))

/** Options of every test that reads a part of the corpus: skipped where it is absent, failed there with CI=true. */
export function needsCorpus(path: string): {readonly skip?: string} {
  if (existsSync(`${corpus}/${path}`)) return {}
  if (process.env.CI === 'true') throw new Error(`The corpus is not at ${corpus}: there is no ${path}. Set PROGRESSION_CORPUS.`)
  return {skip: `the corpus is not at ${corpus}`}
}
