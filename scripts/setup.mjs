// The first thing that runs in a fresh clone: plain JavaScript that Node 20 understands, with no package but Node's own.
import {spawn, spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Terminal} from './progress.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = 24
const binary = process.platform === 'win32' ? 'node.exe' : 'node'

/**
 * Runs a TypeScript program of this folder under the project's own Node 24, after installing what package-lock.json asks for.
 * Its exit code becomes ours. A signal reaches it by the terminal or through us, and we outlive it: it has things to put away.
 */
export async function runPrepared(script, argv) {
  const began = Date.now()
  const node = await prepare(new Terminal())
  const environment = {...process.env, PATH: pathWith(node), PROGRESSION_BEGAN: String(began)}
  const child = spawn(node, [join(root, 'scripts', script), ...argv], {cwd: root, stdio: 'inherit', env: environment})
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => stop(`Node ${wanted} at ${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)))
}

async function prepare(terminal) {
  if (!installed()) await Promise.all([install(terminal), compileAhead(terminal)])
  const node = findNode() ?? (await rebuild(terminal))
  if (node) return node
  return stop(
    `Node ${wanted} was not installed with the other packages: the package "node" fetches it in an install script, which npm was told not to run.\n` +
      `Run "npm rebuild node --ignore-scripts=false", or put a Node ${wanted} or newer first on the PATH.`,
  )
}

/**
 * Fills Go's cache with what the render engine is made of while npm waits for its downloads: a minute less until the first check.
 * Only a head start: whether Go is there, and whether the engine builds, is said by whoever builds it.
 */
function compileAhead(terminal) {
  const task = terminal.task('Compiling the render engine')
  const flags = ['-buildmode=c-shared', '-trimpath', '-buildvcs=false'] // as in build-engine.ts, or its cache stays cold
  const child = spawn('go', ['list', '-export', '-deps', '-f', '', ...flags, '.'], {
    cwd: join(root, 'server', 'render', 'engine'),
    env: {...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOWORK: 'off'},
    stdio: 'ignore',
  })
  task.update('Kustomize and Helm, to WebAssembly')
  return new Promise(resolve => {
    const end = code => {
      if (code === 0) task.done()
      else task.drop()
      resolve()
    }
    child.on('error', end)
    child.on('close', end)
  })
}

/** True when every package of the lock file is there in its version. By content, for a checkout changes the time of a file and nothing else. */
function installed() {
  const present = read(join(root, 'node_modules', '.package-lock.json'))
  const locked = read(join(root, 'package-lock.json'))
  if (!present || !locked) return false
  return Object.entries(locked).every(([path, {version, optional}]) => path === '' || optional || present[path]?.version === version)
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

const install = terminal => npm(terminal, 'Installing packages', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])

async function rebuild(terminal) {
  await npm(terminal, `Installing Node ${wanted}`, ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'])
  return findNode()
}

/** The package's binary, else the one that runs us. Asked for its version, because a half-installed package starts whatever is on the PATH. */
function findNode() {
  const candidates = [join(root, 'node_modules', 'node', 'bin', binary), process.execPath]
  return candidates.find(path => {
    if (!existsSync(path)) return false
    const {stdout} = spawnSync(path, ['-p', 'process.versions.node'], {encoding: 'utf8', env: {PATH: process.env.PATH}})
    return Number.parseInt(stdout, 10) >= wanted
  })
}

/** The npm that started us, where one did; an output that nobody needs is shown only when it failed. */
async function npm(terminal, title, argv) {
  const task = terminal.task(title)
  const started = process.env.npm_execpath
  const options = {cwd: root, stdio: ['ignore', 'pipe', 'pipe']}
  const child = started ? spawn(process.execPath, [started, ...argv], options) : spawn('npm', argv, {...options, shell: process.platform === 'win32'})
  const output = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => output.push(piece))
  const code = await new Promise(resolve => {
    child.on('error', error => {
      output.push(Buffer.from(error.message))
      resolve(1)
    })
    child.on('close', resolve)
  })
  if (code === 0) return task.done()
  task.fail()
  return stop(`${Buffer.concat(output)}\n"npm ${argv.join(' ')}" ended with ${code}.`)
}

const pathWith = node => [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(process.platform === 'win32' ? ';' : ':')

function stop(message) {
  process.stderr.write(`${message}\n`)
  return process.exit(2)
}
