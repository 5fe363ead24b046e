import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {MissingPrerequisite, requireGo} from '../test/cluster/prerequisites.ts'
import {requireChromium} from '../test/vscode/chromium.ts'
import {run} from './run.ts'

export type Prerequisite = 'git' | 'go' | 'chromium' | 'corpus'

const checks: Readonly<Record<Prerequisite, (root: string, signal: AbortSignal) => Promise<unknown>>> = {
  git: requireGit,
  go: (root, signal) => requireGo(join(root, 'server', 'render', 'engine'), signal),
  chromium: (_root, signal) => requireChromium(undefined, signal),
  corpus: async root => requireCorpus(root),
}

/** Undefined where it is there; else what is missing, what for, and how to get it. */
export async function missing(prerequisite: Prerequisite, root: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    await checks[prerequisite](root, signal)
    return undefined
  } catch (error) {
    if (error instanceof MissingPrerequisite) return error.message
    throw error
  }
}

async function requireGit(root: string, signal: AbortSignal): Promise<void> {
  const {code} = await run('git', ['--version'], {folder: root, signal})
  if (code !== 0) throw new MissingPrerequisite('Git', 'Releases are commits, and there is no Git here. Install git (Debian and Ubuntu: apt-get install git).')
}

/** Real repositories that tests read: `PROGRESSION_CORPUS`, else `shared/corpus` beside the work tree. */
function requireCorpus(root: string): void {
  const folder = process.env.PROGRESSION_CORPUS ?? join(root, '..', 'shared', 'corpus')
  if (existsSync(folder)) return
  throw new MissingPrerequisite('Corpus', `The corpus of real repositories is not at ${folder}. Name its folder in PROGRESSION_CORPUS.`)
}
