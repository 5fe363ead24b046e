import {mkdirSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

/**
 * A folder outside the work tree for what is expensive to build or fetch again: compiled programs, an editor for tests.
 * Its parent is `PROGRESSION_CACHE`, else `XDG_CACHE_HOME/environment-progression`, else `~/.cache/environment-progression`.
 */
export function cacheFolder(name: string): string {
  const parent = process.env.PROGRESSION_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'environment-progression')
  const folder = join(parent, name)
  mkdirSync(folder, {recursive: true})
  return folder
}
