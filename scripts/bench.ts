import {existsSync} from 'node:fs'
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {fileUri} from '../server/document/uri.ts'
import {editOverlay} from '../test/bench/overlay.ts'
import {ourServer, peerDebounce, yamlLanguageServer} from '../test/bench/peer.ts'
import {median} from '../test/bench/statistics.ts'
import {type Figure, table, withinBudget} from '../test/bench/table.ts'
import {progressionOf, progressionsOf} from '../test/bench/texts.ts'
import {type Typed, type} from '../test/bench/typing.ts'

/** How fast the language server is beside what people use today, on the same text in the same run. `npm run bench -- --help` */
const {values} = parseArgs({
  options: {
    help: {type: 'boolean'},
    repetitions: {type: 'string', default: '3'},
    strokes: {type: 'string', default: '50'},
    'no-peer': {type: 'boolean', default: false},
    json: {type: 'boolean', default: false},
    strict: {type: 'boolean', default: false},
  },
})
if (values.help) {
  console.log(`npm run bench -- [options]
  --repetitions N   sessions of each kind, of which the median counts (3)
  --strokes N       key strokes of a session (50)
  --no-peer         measure only this project
  --json            figures as JSON
  --strict          exit 1 when a figure is over its budget`)
  process.exit(0)
}
const repetitions = Number(values.repetitions)
const strokes = Number(values.strokes)
if (!existsSync(fileURLToPath(new URL('../dist/server.mjs', import.meta.url)))) await import('./build.ts')

const peer = values['no-peer'] ? undefined : yamlLanguageServer()
const texts = [
  {size: '200 lines', text: progressionOf(200), stroke: 15, memory: undefined},
  {size: '2,000 lines', text: progressionOf(2000), stroke: 25, memory: 110},
  {size: '1 MB', text: progressionsOf(1_048_576), stroke: 30, memory: 150},
]
const root = await mkdtemp(join(tmpdir(), 'progression-bench-'))
try {
  const figures: Figure[] = []
  for (const [index, {size, text, stroke, memory}] of texts.entries()) {
    const folder = join(root, String(index))
    await mkdir(folder)
    await writeFile(join(folder, 'progression.yaml'), text)
    const place = {folder: fileUri(folder), uri: fileUri(join(folder, 'progression.yaml')), text, strokes, warmUp: 10}
    const ours: Typed[] = []
    const theirs: Typed[] = []
    // Turn about, so that what else the machine does meets both.
    for (let repetition = 0; repetition < repetitions; repetition++) {
      console.error(`${size}: ${repetition + 1} of ${repetitions}`)
      ours.push(await type({...place, command: ourServer(), languageId: 'progression'}))
      if (peer) theirs.push(await type({...place, command: peer.command, settings: peer.settings, languageId: 'yaml', strokes: Math.min(strokes, 20)}))
    }
    const figure = (what: string, read: (typed: Typed) => number | undefined, budget: number | undefined, unit: Figure['unit'], debounce?: number): void => {
      const of = (typed: readonly Typed[]): number | undefined => (typed.length > 0 ? median(typed.flatMap(one => read(one) ?? [])) : undefined)
      figures.push({what: `${what}, ${size}`, ours: of(ours), peer: of(theirs), budget, unit, debounce})
    }
    if (index === 0) figure('spawn to initialized', typed => typed.initialized, 120, 'ms')
    figure('open to diagnostics', typed => typed.opened, undefined, 'ms')
    figure('key stroke to diagnostics, median', typed => typed.strokeMedian, undefined, 'ms', peerDebounce)
    figure('key stroke to diagnostics, p95', typed => typed.stroke95, stroke, 'ms', peerDebounce)
    figure('last of 20 key strokes to diagnostics', typed => typed.burst, undefined, 'ms', peerDebounce)
    figure('hover between key strokes, p95', typed => typed.hover95, 10, 'ms')
    figure('memory, resident', typed => typed.memory, memory, 'MB')
  }
  const overlays = []
  for (let repetition = 0; repetition < repetitions; repetition++) overlays.push(await editOverlay(ourServer(), join(root, `overlay-${repetition}`), strokes))
  figures.push({what: 'overlay edit to parity diagnostics, p95', ours: median(overlays.map(({parity95}) => parity95)), budget: 150, unit: 'ms'})
  figures.push({what: 'memory with rendering', ours: median(overlays.flatMap(({memory}) => memory ?? [])), budget: 300, unit: 'MB'})
  console.log(values.json ? JSON.stringify(figures, undefined, 2) : table(figures, peer?.name))
  if (values.strict && !figures.every(withinBudget)) process.exitCode = 1
} finally {
  await rm(root, {recursive: true, force: true})
}
