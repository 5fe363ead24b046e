import {spawn} from 'node:child_process'

export type GitResult = {readonly ok: true; readonly stdout: Buffer} | {readonly ok: false; readonly message: string}

const patience = 20_000

/**
 * Runs `git` in a folder. Never throws but for an aborted signal: a missing program, a failure or twenty seconds without an
 * end come back in words. No hook, pager, prompt or optional lock.
 */
export function git(folder: string, args: readonly string[], signal: AbortSignal, input?: string): Promise<GitResult> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(patience)])
    const env = {...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: '', LC_ALL: 'C'}
    const child = spawn('git', ['-c', 'core.quotepath=off', '-c', 'core.fsmonitor=false', ...args], {
      cwd: folder,
      env,
      signal: deadline,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(signal.reason)
      else if (error.code === 'ENOENT') resolve({ok: false, message: 'git was not found on the PATH. Install Git to promote from a commit.'})
      else
        resolve({
          ok: false,
          message: deadline.aborted ? `git ${args[0]} did not end within ${patience / 1000} s.` : `git ${args[0]} could not be run: ${error.message}`,
        })
    })
    child.on('close', code => {
      if (code === 0) resolve({ok: true, stdout: Buffer.concat(out)})
      else resolve({ok: false, message: `git ${args[0]} failed: ${Buffer.concat(errors).toString().trim() || `exit ${code}`}`})
    })
  })
}
