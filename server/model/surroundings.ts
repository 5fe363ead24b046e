import {known, unknown} from './fact.ts'
import type {Lookup, PathUse} from './path.ts'
import type {Problem} from './problem.ts'
import type {Environment, FlagFile, Flags, Progression} from './progression.ts'

/** What was found around a document when it was prepared. Undefined is what nobody asked for yet. */
export type Surroundings = {
  lookup(path: PathUse): Lookup | undefined
  flags(file: FlagFile, environment: Environment): Pick<Flags, 'values' | 'open'> | undefined
  /** What is wrong with the file a path leads to, said at the path. */
  problems(path: PathUse): readonly Problem[]
}

/** Environments that were filled before, by what they were read as: most are the same at the next key stroke. */
export type Filled = WeakMap<Environment, Environment>

/** The progression with what its paths lead to filled in; the same one where there is nothing to fill. */
export function withSurroundings(progression: Progression, surroundings: Surroundings, filled: Filled = new WeakMap()): Progression {
  const environments = progression.environments.items.map(environment => {
    const found = filled.get(environment) ?? environmentWith(environment, surroundings)
    filled.set(environment, found)
    return found
  })
  if (environments.every((environment, index) => environment === progression.environments.items[index])) return progression
  const paths = environments.flatMap(environment => environment.paths)
  return {
    ...progression,
    environments: {...progression.environments, items: environments},
    paths: {...progression.paths, items: paths},
    problems: [...progression.problems, ...once(paths.flatMap(path => surroundings.problems(path)))],
  }
}

function environmentWith(environment: Environment, surroundings: Surroundings): Environment {
  const paths = environment.paths.map(path => pathWith(path, surroundings.lookup(path)))
  const flags = flagsWith(environment, surroundings)
  const isSame = flags === environment.flags && paths.every((path, index) => path === environment.paths[index])
  return isSame ? environment : {...environment, paths, flags}
}

function pathWith(path: PathUse, found: Lookup | undefined): PathUse {
  if (!found) return path
  const {existence, near, lacks} = found
  return {...path, near, lacks, existence: existence === 'unknown' ? unknown(`${path.path} lies outside of the workspace`, path.at) : known(existence, path.at)}
}

/** What is written wins over what is read, and an earlier file over a later one. */
function flagsWith(environment: Environment, surroundings: Surroundings): Environment['flags'] {
  const {flags} = environment
  if (flags.state !== 'known' || flags.value.files.length === 0) return flags
  const read = flags.value.files.flatMap(file => {
    const found = surroundings.flags(file, environment)
    return found ? [{file, found}] : []
  })
  if (read.length === 0) return flags
  const values = new Map([...read.toReversed().flatMap(({found}) => [...found.values]), ...flags.value.values])
  const open = [...flags.value.open.filter(one => !read.some(({file}) => file.at === one.at)), ...read.flatMap(({found}) => found.open)]
  return {...flags, value: {...flags.value, values, open}}
}

function once(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter(({code, at, message}) => {
    const key = `${code} ${at.block} ${at.start} ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
