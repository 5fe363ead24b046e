import {run} from './run.ts'

/** Go as the module of the control plane asks for it in its go.mod. */
const wanted = '1.26'

/** Something the machine lacks and the user can install; the message says what and how. */
export class MissingPrerequisite extends Error {
  override readonly name = 'MissingPrerequisite'
  readonly prerequisite: string

  constructor(prerequisite: string, message: string) {
    super(message)
    this.prerequisite = prerequisite
  }
}

/**
 * Makes sure that a Go is there that can compile the module in `folder`.
 * @throws MissingPrerequisite when there is none, or one that is too old and cannot fetch a newer toolchain itself
 */
export async function requireGo(folder: string, signal?: AbortSignal): Promise<void> {
  const install = `Install Go ${wanted} or newer (Debian and Ubuntu: golang-go from a current release, macOS: brew install go) and make sure that go is in the PATH.`
  // Inside the module, so that a Go which fetches toolchains gets the one of go.mod now, and says here that it cannot.
  const result = await run('go', ['version'], {folder, signal})
  if (result.state === 'missing') throw new MissingPrerequisite('Go', `The local cluster is compiled on first use, and there is no Go here. ${install}`)
  if (result.code !== 0) throw new MissingPrerequisite('Go', `The local cluster needs Go ${wanted}: ${result.errors.trim()}. ${install}`)
}
