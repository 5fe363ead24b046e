import {randomInt} from 'node:crypto'
import {createServer} from 'node:net'

/**
 * Ports of 127.0.0.1 that are free now. They lie below what systems hand out to outgoing connections (Linux: from
 * 32768), so that only another cluster that starts at the same moment could take one; the starter then tries again.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>()
  for (let attempt = 0; found.size < count; attempt++) {
    if (attempt > 1000) throw new Error(`Fewer than ${count} of the ports 20000 to 32000 are free.`)
    const port = randomInt(20_000, 32_000)
    if (!found.has(port) && (await isFree(port))) found.add(port)
  }
  return [...found]
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
