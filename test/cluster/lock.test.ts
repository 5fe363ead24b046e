import assert from 'node:assert/strict'
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, test} from 'node:test'
import {withLock} from './lock.ts'

const nobody = (pid: number) => assert.fail(`waits for ${pid}`)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'))
})
afterEach(() => rm(folder, {recursive: true}))

test('one after the other, and the second is told whom it waits for', async () => {
  const lock = join(folder, 'lock')
  const order: string[] = []
  const {promise, resolve} = Promise.withResolvers<void>()
  const first = withLock(
    lock,
    async () => {
      order.push('first begins')
      await promise
      order.push('first ends')
    },
    () => {},
  )
  const second = withLock(
    lock,
    async () => order.push('second'),
    pid => {
      order.push(`waiting for ${pid}`)
      resolve()
    },
  )
  await Promise.all([first, second])
  assert.deepEqual(order.slice(0, 2), ['first begins', `waiting for ${process.pid}`])
  assert.deepEqual(order.slice(-2), ['first ends', 'second'])
  assert.equal(existsSync(lock), false)
})

test('a lock whose owner died is taken over', async () => {
  const lock = join(folder, 'lock')
  const child = spawn(process.execPath, ['--eval', ''])
  await once(child, 'exit')
  await mkdir(lock)
  await writeFile(join(lock, 'pid'), String(child.pid))
  assert.equal(await withLock(lock, async () => 'done', nobody), 'done')
})

test('work that fails gives the lock back', async () => {
  const lock = join(folder, 'lock')
  await assert.rejects(
    withLock(lock, () => Promise.reject(new Error('broken')), nobody),
    /broken/,
  )
  assert.equal(existsSync(lock), false)
})

test('waiting can be ended', async () => {
  const lock = join(folder, 'lock')
  await mkdir(lock)
  await writeFile(join(lock, 'pid'), String(process.pid))
  const controller = new AbortController()
  await assert.rejects(
    withLock(lock, assert.fail, () => controller.abort(), controller.signal),
    {name: 'AbortError'},
  )
})
