import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {test} from 'node:test'
import {BufferedFiles} from '../../server/workspace/buffered-files.ts'
import {DiskFiles} from '../../server/workspace/disk-files.ts'
import {workTree} from '../../server/workspace/work-tree.ts'
import {Folder} from '../lsp/folder.ts'

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes)

test('reads and lists what lies below a root', async () => {
  await using folder = await Folder.with({'b.yaml': 'b', 'a/x.yaml': 'x', 'A.yaml': 'A'})
  const files = new DiskFiles(() => [folder.uri()])
  assert.equal(text(await files.read(folder.uri('a/x.yaml'))), 'x')
  assert.equal(await files.read(folder.uri('none.yaml')), undefined)
  assert.equal(await files.read(folder.uri('a')), undefined)
  assert.deepEqual(await files.list(folder.uri()), [
    {name: 'A.yaml', kind: 'file'},
    {name: 'a', kind: 'folder'},
    {name: 'b.yaml', kind: 'file'},
  ])
  assert.equal(await files.list(folder.uri('b.yaml')), undefined)
})

test('nothing outside the roots is there, by path or by link', async () => {
  await using outside = await Folder.with({'secret.yaml': 'secret', 'more/secret.yaml': 'secret'})
  await using folder = await Folder.with({'inside.yaml': 'inside', 'below/own.yaml': 'own'})
  await symlink(join(outside.path, 'secret.yaml'), join(folder.path, 'link.yaml'))
  await symlink(join(outside.path, 'more'), join(folder.path, 'folder'))
  await symlink(join(folder.path, 'inside.yaml'), join(folder.path, 'own-link.yaml'))
  await symlink('..', join(folder.path, 'below/up'))
  await symlink('nowhere', join(folder.path, 'broken.yaml'))
  const files = new DiskFiles(() => [folder.uri()])
  assert.equal(await files.read(outside.uri('secret.yaml')), undefined)
  assert.equal(await files.read(`${folder.uri()}/../${outside.path.split('/').at(-1)}/secret.yaml`), undefined)
  assert.equal(await files.read(folder.uri('link.yaml')), undefined)
  assert.equal(await files.read(folder.uri('folder/secret.yaml')), undefined)
  assert.equal(await files.list(folder.uri('folder')), undefined)
  assert.equal(text(await files.read(folder.uri('own-link.yaml'))), 'inside')
  assert.equal(text(await files.read(folder.uri('below/up/inside.yaml'))), 'inside')
  assert.deepEqual(
    (await files.list(folder.uri()))?.map(({name}) => name),
    ['below', 'inside.yaml', 'own-link.yaml'],
  )
  const both = new DiskFiles(() => [folder.uri(), outside.uri()])
  assert.equal(text(await both.read(outside.uri('secret.yaml'))), 'secret')
  assert.equal(await both.read(folder.uri('link.yaml')), undefined, 'a link from one root into another leaves its own')
})

test('a root that is a link itself is one', async () => {
  await using real = await Folder.with({'x.yaml': 'x'})
  await using folder = await Folder.with()
  await symlink(real.path, join(folder.path, 'root'))
  const files = new DiskFiles(() => [folder.uri('root')])
  assert.equal(text(await files.read(folder.uri('root/x.yaml'))), 'x')
})

test('a pipe is no file, and does not hold anybody up', {skip: process.platform === 'win32'}, async () => {
  await using folder = await Folder.with()
  execFileSync('mkfifo', [join(folder.path, 'pipe.yaml')])
  const files = new DiskFiles(() => [folder.uri()])
  assert.equal(await files.read(folder.uri('pipe.yaml')), undefined)
  assert.deepEqual(await files.list(folder.uri()), [])
})

test('an abort is thrown, not taken for a file that is not there', async () => {
  await using folder = await Folder.with({'x.yaml': 'x'})
  const files = new DiskFiles(() => [folder.uri()])
  const stopped = AbortSignal.abort()
  await assert.rejects(files.read(folder.uri('x.yaml'), stopped), {name: 'AbortError'})
  await assert.rejects(files.list(folder.uri(), stopped), {name: 'AbortError'})
})

test('what is open covers the disk, saved or not', async () => {
  await using folder = await Folder.with({'x.yaml': 'disk', 'y.yaml': 'disk', 'below/z.yaml': 'disk'})
  const open = new Map([
    [folder.uri('x.yaml'), 'büffer'],
    [folder.uri('new.yaml'), 'new'],
    [folder.uri('below/deeper/new.yaml'), 'new'],
  ])
  const files = new BufferedFiles(new DiskFiles(() => [folder.uri()]), {text: uri => open.get(uri), uris: () => open.keys()})
  assert.equal(text(await files.read(folder.uri('x.yaml'))), 'büffer')
  assert.equal(text(await files.read(folder.uri('y.yaml'))), 'disk')
  assert.equal(text(await files.read(folder.uri('new.yaml'))), 'new')
  assert.deepEqual(
    (await files.list(folder.uri()))?.map(({name}) => name),
    ['below', 'new.yaml', 'x.yaml', 'y.yaml'],
  )
})

test('the work tree of a folder is the nearest one above it', async () => {
  await using folder = await Folder.with({'.git/HEAD': 'ref: refs/heads/main', 'a/b/c.yaml': '', 'a/linked/.git': 'gitdir: elsewhere', 'a/linked/x/y.yaml': ''})
  assert.equal(await workTree(folder.uri('a/b')), folder.uri())
  assert.equal(await workTree(folder.uri()), folder.uri())
  assert.equal(await workTree(folder.uri('a/linked/x')), folder.uri('a/linked'))
  assert.equal(await workTree('untitled:Untitled-1'), undefined)
})
