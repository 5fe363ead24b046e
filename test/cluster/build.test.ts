import assert from 'node:assert/strict'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {test} from 'node:test'
import {buildControlPlane} from './build.ts'
import {MissingPrerequisite} from './prerequisites.ts'
import {useCluster} from './shared.ts'

/** Runs `work` with other environment variables. */
async function withEnvironment<T>(variables: Record<string, string | undefined>, work: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(variables).map(name => [name, process.env[name]]))
  const set = (values: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  set(variables)
  try {
    return await work()
  } finally {
    set(before)
  }
}

test('without Go the error says what to install, and with CI=true the tests fail', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'cache-'))
  try {
    await withEnvironment({PATH: '', PROGRESSION_CACHE: cache, CI: 'true'}, async () => {
      const missing = (error: unknown) => error instanceof MissingPrerequisite && error.prerequisite === 'Go' && /Install Go 1\.26 or newer/.test(error.message)
      await assert.rejects(buildControlPlane(), missing)
      await assert.rejects(useCluster({own: true}), missing)
    })
  } finally {
    await rm(cache, {recursive: true})
  }
})

test('without Go the tests of a cluster are skipped with that message elsewhere', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'cache-'))
  try {
    const cluster = await withEnvironment({PATH: '', PROGRESSION_CACHE: cache, CI: undefined}, () => useCluster({own: true}))
    assert.match(cluster.needed.skip ?? '', /there is no Go here/)
    assert.throws(() => cluster.running, /There is no cluster/)
  } finally {
    await rm(cache, {recursive: true})
  }
})
