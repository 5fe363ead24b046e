import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {after, before, test} from 'node:test'
import {fileUri} from '../../server/document/uri.ts'
import {CommitFiles} from '../../server/git/commit-files.ts'
import {head, uncommitted} from '../../server/git/work-tree.ts'

let folder = ''
const signal = AbortSignal.timeout(60_000)
const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {cwd: folder, encoding: 'utf8'})
const write = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), {recursive: true})
  await writeFile(join(folder, path), text)
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'progression-git-'))
  git('init', '--quiet')
  await write('deploy/base/a.yaml', 'one\n')
  await write('deploy/base/ä b.yaml', 'two\n')
  await symlink('/etc/hostname', join(folder, 'deploy/link.yaml'))
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
})
after(() => rm(folder, {recursive: true, force: true}))

test('a commit is read as it was, whatever the work tree says now', async () => {
  const tree = fileUri(folder)
  const found = await head(tree, signal)
  assert.equal(found.state, 'commit')
  await write('deploy/base/a.yaml', 'changed\n')
  const files = new CommitFiles(tree, found.state === 'commit' ? found.commit : '')
  assert.equal(Buffer.from((await files.read(fileUri(join(folder, 'deploy/base/a.yaml')), signal)) ?? []).toString(), 'one\n')
  assert.equal(await files.read(fileUri(join(folder, 'deploy/base/none.yaml')), signal), undefined)
})

test('folders list their entries, names with spaces and umlauts too; a link is not followed', async () => {
  const tree = fileUri(folder)
  const files = new CommitFiles(tree, 'HEAD')
  assert.deepEqual(await files.list(fileUri(join(folder, 'deploy')), signal), [{name: 'base', kind: 'folder'}])
  assert.deepEqual(
    (await files.list(fileUri(join(folder, 'deploy/base')), signal))?.map(({name}) => name),
    ['a.yaml', 'ä b.yaml'],
  )
  assert.equal(Buffer.from((await files.read(fileUri(join(folder, 'deploy/base/ä b.yaml')), signal)) ?? []).toString(), 'two\n')
})

test('uncommitted changes are named, new files too', async () => {
  await write('deploy/base/a.yaml', 'changed\n')
  await write('deploy/new file.yaml', 'new\n')
  const changed = await uncommitted(fileUri(folder), signal)
  assert.deepEqual(changed, [fileUri(join(folder, 'deploy/base/a.yaml')), fileUri(join(folder, 'deploy/new file.yaml'))])
})

test('a repository without a commit and a folder without a repository say so in words', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'progression-empty-'))
  const none = await head(fileUri(empty), signal)
  assert.match(none.state === 'none' ? none.why : '', /not a git repository/)
  execFileSync('git', ['init', '--quiet'], {cwd: empty})
  const uncommittedYet = await head(fileUri(empty), signal)
  assert.match(uncommittedYet.state === 'none' ? uncommittedYet.why : '', /There is no commit HEAD in this repository yet/)
  await rm(empty, {recursive: true, force: true})
})
