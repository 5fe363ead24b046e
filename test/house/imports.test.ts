import assert from 'node:assert/strict'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {test} from 'node:test'
import {directions, packages, roots, tops} from './directions.ts'
import {folderOf, type Import, importsIn, importsOf} from './imports.ts'
import {product, read, root, typescript} from './repository.ts'

const imports = product.flatMap(importsOf)
const say = ({from, line, to}: Import): string => `${from}:${line} imports ${to}`

test('finds every spelling of an import', () => {
  const text = `import a from 'a'\nimport {b,\n  c} from "b"\nimport type {D} from 'd'\n// import x from 'x'\nexport {e} from './e.ts'\nimport 'f'\nconst g = await import('g')\n`
  assert.deepEqual(
    importsIn('server/model/here.ts', text).map(({to, line, typeOnly}) => [to, line, typeOnly]),
    [
      ['a', 1, false],
      ['b', 2, false],
      ['d', 4, true],
      ['server/model/e.ts', 6, false],
      ['f', 7, false],
      ['g', 8, false],
    ],
  )
})

test('folders of the server import one way', () => {
  const wrong = imports.filter(({from, to, relative}) => relative && from.startsWith('server/') && !roots.includes(from) && !mayImport(from, to))
  assert.deepEqual(wrong.map(say), [])
})

/** Folders keep to their list; the files that make the service import any of them, and `lsp` and `cli` the service too. */
function mayImport(from: string, to: string): boolean {
  const [here, there] = [folderOf(from), folderOf(to)]
  const known = there in directions || there === 'generated' || to === 'package.json'
  const isService = isTopFile(to) && !roots.includes(to)
  if (here === there) return true
  if (tops.includes(here)) return known || isService || to === 'server/main.ts'
  if (isTopFile(from) && !(here in directions)) return known || isService
  return directions[here]?.includes(there) ?? false
}

/** A file that stands in `server/` and in no folder of it. */
const isTopFile = (file: string): boolean => /^server\/[^/]+\.ts$/.test(file)

test('the client imports itself and the protocol', () => {
  const wrong = imports.filter(({from, to, relative}) => from.startsWith('client/') && relative && !to.startsWith('client/') && to !== 'server/protocol.ts')
  assert.deepEqual(wrong.map(say), [])
})

test('packages stay in the folder that owns them', () => {
  const wrong = imports.filter(({from, to, relative, typeOnly}) => {
    if (relative) return false
    const owned = packages.find(({name}) => name.test(to))
    return owned !== undefined && !owned.folders.test(from) && !(typeOnly && owned.types?.test(from))
  })
  assert.deepEqual(wrong.map(say), [])
})

test('every import names a file that exists, or a package of the manifest', () => {
  const {devDependencies = {}, dependencies = {}} = JSON.parse(read('package.json')) as {
    devDependencies?: Readonly<Record<string, string>>
    dependencies?: Readonly<Record<string, string>>
  }
  const provided = new Set([...Object.keys(devDependencies), ...Object.keys(dependencies), 'vscode'])
  const others = typescript.filter(file => file !== 'test/house/imports.test.ts')
  const wrong = others.flatMap(importsOf).filter(({to, relative, typeOnly}) => {
    if (relative) return !to.startsWith('generated/') && !existsSync(join(root, to))
    const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to)
    return !to.startsWith('node:') && !provided.has(name) && !(typeOnly && provided.has(`@types/${name}`))
  })
  assert.deepEqual(wrong.map(say), [])
})

test('no file stands between others only to hand them on', () => {
  const barrels = product.filter(file => {
    const statements = read(file)
      .split('\n')
      .filter(line => /^\S/.test(line) && !/^(\/\/|\/\*|\*|[})\]])/.test(line))
    return statements.length > 0 && statements.every(line => /^export (type )?(\*|\{.*\}|\{) ?(from|$)/.test(line))
  })
  assert.deepEqual(barrels, [])
})
