import assert from 'node:assert/strict'
import {symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {test} from 'node:test'
import {isProgressionName, Workspace} from '../../server/workspace/workspace.ts'
import {Folder} from '../lsp/folder.ts'

type Changing = {exclude: readonly string[]; readonly log: string[]}

function workspace(
  folders: readonly Folder[],
  {exclude = []}: {readonly exclude?: readonly string[]} = {},
): {readonly of: Workspace; readonly setting: Changing} {
  const setting: Changing = {exclude, log: []}
  return {of: new Workspace({folders: folders.map(folder => folder.uri()), exclude: () => setting.exclude, log: message => setting.log.push(message)}), setting}
}

test('knows a progression by its name', () => {
  for (const name of ['progression.yaml', 'progression.yml', 'shop.progression.yaml', 'a.b.progression.yml']) assert.ok(isProgressionName(name), name)
  for (const name of ['myprogression.yaml', 'progression.yaml.bak', 'progression.json', '.progression-rules.yaml']) assert.ok(!isProgressionName(name), name)
})

test('finds progressions at any depth, but not in what nobody writes', async () => {
  await using folder = await Folder.with({
    'progression.yaml': '',
    'a/b/c/d/shop.progression.yml': '',
    'node_modules/p/progression.yaml': '',
    'a/node_modules/p/progression.yaml': '',
    '.git/progression.yaml': '',
    '.config/progression.yaml': '',
    'a/other.yaml': '',
  })
  const {of} = workspace([folder])
  assert.deepEqual(await of.files(), [folder.uri('.config/progression.yaml'), folder.uri('a/b/c/d/shop.progression.yml'), folder.uri('progression.yaml')])
})

test('leaves out what the setting names, and looks again when it changes', async () => {
  await using folder = await Folder.with({'progression.yaml': '', 'old/progression.yaml': '', 'a/old/x/progression.yaml': '', 'a/x.progression.yaml': ''})
  const {of, setting} = workspace([folder], {exclude: ['old', '**/x.*.yaml']})
  assert.deepEqual(await of.files(), [folder.uri('progression.yaml')])
  assert.equal(of.isCandidate(folder.uri('a/old/x/progression.yaml')), false)
  setting.exclude = []
  of.forget()
  assert.equal((await of.files()).length, 4)
})

test('links that lead in a circle end', async () => {
  await using folder = await Folder.with({'a/progression.yaml': ''})
  await symlink('..', join(folder.path, 'a/up'))
  await symlink('.', join(folder.path, 'a/here'))
  assert.deepEqual(await workspace([folder]).of.files(), [folder.uri('a/progression.yaml')])
})

test('a file of two folders is one, and the inner folder holds it', async () => {
  await using folder = await Folder.with({'inner/progression.yaml': ''})
  const of = new Workspace({folders: [folder.uri(), folder.uri('inner')], exclude: () => [], log: () => {}})
  assert.deepEqual(await of.files(), [folder.uri('inner/progression.yaml')])
  assert.equal(of.folderOf(folder.uri('inner/progression.yaml')), folder.uri('inner'))
  assert.equal(of.folderOf('file:///elsewhere/progression.yaml'), undefined)
})

test('keeps the list as watchers tell', async () => {
  await using folder = await Folder.with({'a/progression.yaml': '', 'b/progression.yaml': ''})
  const {of} = workspace([folder])
  await of.files()
  assert.equal(of.changed(folder.uri('a/progression.yaml'), 'changed'), false)
  assert.equal(of.changed(folder.uri('c/progression.yaml'), 'changed'), true)
  assert.equal(of.changed(folder.uri('c/other.yaml'), 'changed'), false)
  assert.equal(of.changed(folder.uri('node_modules/progression.yaml'), 'changed'), false)
  assert.equal(of.changed('file:///elsewhere/progression.yaml', 'changed'), false)
  assert.equal(of.changed(folder.uri('a'), 'deleted'), true, 'a folder that goes takes its files along')
  assert.deepEqual(await of.files(), [folder.uri('b/progression.yaml'), folder.uri('c/progression.yaml')])
})

test('folders come and go, and two spellings of one are one', async () => {
  await using one = await Folder.with({'progression.yaml': ''})
  await using two = await Folder.with({'sub folder/progression.yaml': ''})
  const {of} = workspace([one])
  of.change([`file://${two.path}`, two.uri()], [])
  assert.equal(of.folders.length, 2)
  assert.deepEqual(await of.files(), [one.uri('progression.yaml'), two.uri('sub folder/progression.yaml')].sort())
  of.change([], [one.uri()])
  assert.deepEqual(await of.files(), [two.uri('sub folder/progression.yaml')])
})

test('files may be read up to the Git work tree, and beside a file that was opened by itself', async () => {
  await using folder = await Folder.with({'.git/HEAD': '', 'apps/shop/progression.yaml': ''})
  await using alone = await Folder.with({'progression.yaml': ''})
  const of = new Workspace({folders: [folder.uri('apps/shop')], exclude: () => [], log: () => {}})
  assert.deepEqual(of.roots, [folder.uri('apps/shop')])
  await of.findRoots()
  assert.deepEqual(of.roots, [folder.uri('apps/shop'), folder.uri()])
  await of.include(alone.uri('progression.yaml'))
  assert.ok(of.roots.includes(alone.uri()))
  of.leave(alone.uri('progression.yaml'))
  assert.ok(!of.roots.includes(alone.uri()))
})
