import assert from 'node:assert/strict'
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'

const program = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))

test('--watch checks again after a change, and ends with the exit code of the last check', {timeout: 60_000}, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'progression-watch-'))
  const file = join(folder, 'progression.yaml')
  const text = 'apiVersion: progression.dev/v1\nname: shop\nenvironments:\n  - name: dev\n'
  await writeFile(file, text)
  const child = spawn(process.execPath, [program, 'check', '--watch', '--no-render', '--format', 'json'], {cwd: folder, stdio: ['ignore', 'pipe', 'inherit']})
  t.after(async () => {
    child.kill('SIGKILL')
    await rm(folder, {recursive: true, force: true})
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  const reports = () => output.split(/^}$/m).length - 1
  const until = async (count: number) => {
    while (reports() < count) await once(child.stdout, 'data')
  }
  await until(1)
  await writeFile(file, text.replace('name: dev', 'nme: dev'))
  await until(2)
  assert.match(output, /config\/unknown-key/)
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  assert.equal(code, 1)
})
