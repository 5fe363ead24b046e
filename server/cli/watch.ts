import {watch} from 'node:fs'

/** How long files must rest before they are looked at again: editors and Git write several at once. Milliseconds. */
const rest = 100

/**
 * Runs something now and again after each change below a folder, until the signal aborts; never twice at the same time. What
 * Git keeps for itself does not count. Rejects where the folder cannot be watched, or with what the run rejects with.
 */
export async function rerun(folder: string, again: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const {promise: failed, reject} = Promise.withResolvers<never>()
  const {promise: aborted, resolve: abort} = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => abort(), {once: true})
  let running = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  // Watched before the first run: what changes during it is not missed.
  const watcher = watch(folder, {recursive: true}, (_event, name) => {
    if (name && /(^|[\\/])(\.git|node_modules)([\\/]|$)/.test(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(again)
      running.catch(reject)
    }, rest)
  })
  watcher.on('error', reject)
  try {
    running = again()
    await Promise.race([running.then(() => aborted), failed])
  } finally {
    watcher.close()
    clearTimeout(timer)
    await running.catch(() => {})
  }
}
