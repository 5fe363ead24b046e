import {mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'

/** Whether a process of this id runs on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Does `work` while no other process on this machine does the same under the same lock folder. A lock whose owner has
 * died is taken over. Two processes that take over at the same moment both work: what is locked must bear that (here
 * both build, and the second rename finds the first one's result), so the lock saves time and guards nothing.
 * @param waiting called every half second with the owner's process id
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, waiting: (pid: number) => void, signal?: AbortSignal): Promise<T> {
  const owner = `${folder}/pid`
  for (;;) {
    signal?.throwIfAborted()
    try {
      await mkdir(folder)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const pid = await ownerOf(owner)
    if (pid === undefined || !isAlive(pid)) {
      await rm(folder, {recursive: true, force: true})
      continue
    }
    waiting(pid)
    await sleep(500, undefined, {signal})
  }
  try {
    await writeFile(owner, String(process.pid))
    return await work()
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** The owner writes its id just after making the folder; where none appears within a second, it died in between. */
async function ownerOf(file: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text !== '') return Number(text)
    await sleep(100)
  }
  return undefined
}
