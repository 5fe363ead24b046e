import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {PassThrough} from 'node:stream'
import {commandLine} from '../../server/cli/command-line.ts'

export type Ran = {readonly code: number; readonly out: string; readonly error: string}

/** Runs the command line in this process over a folder made of `files`, which is removed afterwards. */
export async function run(args: readonly string[], files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'progression-cli-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), {recursive: true})
      await writeFile(join(folder, path), text)
    }
    return await runIn(folder, args, environment)
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** The same in a folder that is there. */
export async function runIn(folder: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [out, error, input] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const collected = [out, error].map(stream => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    return chunks
  })
  const code = await commandLine(args, {out, error, input, folder, environment, entry: new URL('../../server/cli.ts', import.meta.url).href})
  const [written = '', complained = ''] = collected.map(chunks => Buffer.concat(chunks).toString())
  return {code, out: written, error: complained}
}
