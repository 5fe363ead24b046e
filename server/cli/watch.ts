import {watch} from 'node:fs/promises'

/** How long files must rest before they are looked at again: editors and Git write several at once. Milliseconds. */
const rest = 100

/** Runs something now and again after each change below a folder, until the signal aborts. What Git keeps for itself does not count. */
export async function rerun(folder: string, again: () => Promise<void>, signal: AbortSignal): Promise<void> {
  await again()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  try {
    for await (const {filename} of watch(folder, {recursive: true, signal})) {
      if (filename && /(^|[\\/])(\.git|node_modules)([\\/]|$)/.test(filename)) continue
      clearTimeout(timer)
      timer = setTimeout(() => {
        running = running.then(again)
      }, rest)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    clearTimeout(timer)
    await running
  }
}
