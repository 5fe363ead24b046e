import {duration, type Palette} from '../progress.mjs'
import type {CommandLine} from './command-line.ts'
import {versions} from './shop.ts'
import type {Story} from './story.ts'
import type {Workspace} from './workspace.ts'

/** One promotion of the story. */
type Chapter = {readonly release: number; readonly version: string; readonly environment: string; readonly ends: 'verified' | 'rolled back'}

const environments = ['dev', 'staging', 'production'] as const

/** Release 1 reaches production; release 2 passes dev and staging and fails where customers pay. */
export const chapters: readonly Chapter[] = [
  ...environments.map(environment => ({release: 1, version: versions.good, environment, ends: 'verified' as const})),
  ...environments.map(environment => ({
    release: 2,
    version: versions.bad,
    environment,
    ends: environment === 'production' ? ('rolled back' as const) : ('verified' as const),
  })),
]

/** The seconds that the command line says a rollback took: `production was rolled back in 1.8 s, from the verdict to …`. */
export function rollbackSecondsIn(output: string): number | undefined {
  const seconds = /\brolled back in (\d+(?:\.\d+)?) s\b/.exec(output)?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}

export type Told = Chapter & {readonly seconds: number; readonly rollbackSeconds?: number}

/** Tells the chapters with the real command line. Throws where one ends differently than it should. */
export async function tell(story: Story, commandLine: CommandLine, workspace: Workspace): Promise<readonly Told[]> {
  const told: Told[] = []
  for (const chapter of chapters) {
    const {release, version, environment, ends} = chapter
    if (environment === environments[0]) {
      if (release === 2) await workspace.release(versions.good, versions.bad, `The shop, version ${versions.bad}: a new checkout`)
      story.heading(`Release ${release}`, `shop ${version}${release === 2 ? ', with a new checkout that nobody has paid with yet' : ''}`)
    }
    const folded = told.length > 0 && ends === 'verified'
    const {output, seconds} = await commandLine.run(['promote', environment, '--yes'], {expected: ends === 'verified' ? [0] : [1], folded})
    const rollbackSeconds = rollbackSecondsIn(output)
    if (ends === 'rolled back' && rollbackSeconds === undefined)
      throw new Error(`${environment} failed as it should, but nothing says that it was rolled back.`)
    told.push({...chapter, seconds, rollbackSeconds})
  }
  await commandLine.run(['status'])
  return told
}

/** The table at the end: each promotion and the rollback with its seconds. */
export function table(told: readonly Told[], paint: Palette): readonly string[] {
  return told.map(({release, environment, ends, seconds, rollbackSeconds}) => {
    const words = ends === 'verified' ? paint.green(ends.padEnd(12)) : paint.yellow(ends.padEnd(12))
    const back = rollbackSeconds === undefined ? '' : paint.dim(`  the rollback ${rollbackSeconds} s of it, 60 s were promised`)
    return `release ${release}  ${environment.padEnd(11)} ${words} ${duration(seconds * 1000).padStart(7)}${back}`
  })
}
