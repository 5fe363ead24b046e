import assert from 'node:assert/strict'
import {Writable} from 'node:stream'
import {test} from 'node:test'
import {duration, Terminal} from '../../scripts/progress.mjs'

class Screen extends Writable {
  readonly columns = 60
  readonly isTTY: boolean
  text = ''

  constructor(isTTY: boolean) {
    super()
    this.isTTY = isTTY
  }

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.text += piece.toString()
    done()
  }
}

const escapeCode = '\u001b'
const sequences = new RegExp(`${escapeCode}\\[[\\d;?]*[A-Za-z]`, 'g')
const pieces = new RegExp(`${escapeCode}\\[[\\d;?]*[A-Za-z]|\\n|[^${escapeCode}\\n]+`, 'g')

/** What a terminal shows after all of it: lines, with cursor movements carried out. */
function shown(text: string): readonly string[] {
  const lines = ['']
  let row = 0
  for (const [piece] of text.matchAll(pieces)) {
    const up = /\[(\d+)A/.exec(piece)
    if (up) row -= Number(up[1])
    else if (piece === '\u001b[2K') lines[row] = ''
    else if (piece === '\n') row += 1
    else if (!piece.startsWith('\u001b')) lines[row] = (lines[row] ?? '') + piece
  }
  return lines.map(line => line ?? '').filter(line => line !== '')
}

function withTerminal(isTTY: boolean, use: (terminal: Terminal) => void): string {
  const {TERM, CI} = process.env
  process.env.TERM = 'xterm'
  delete process.env.CI
  try {
    const screen = new Screen(isTTY)
    use(new Terminal(screen))
    return screen.text
  } finally {
    if (TERM === undefined) delete process.env.TERM
    else process.env.TERM = TERM
    if (CI !== undefined) process.env.CI = CI
  }
}

test('says durations as people do', () => {
  assert.deepEqual([0, 1_440, 9_960, 59_400, 60_000, 185_000].map(duration), ['0.0 s', '1.4 s', '10 s', '59 s', '1 min 00 s', '3 min 05 s'])
})

test('lines stay above what is still running', () => {
  const text = withTerminal(true, terminal => {
    const first = terminal.task('First')
    const second = terminal.task('Second')
    terminal.print('a line')
    first.done('good')
    second.drop()
  })
  assert.deepEqual(shown(text), ['a line', '  ✔ First, good  0.0 s'])
})

test('a live line is never wider than the terminal', () => {
  const text = withTerminal(true, terminal => {
    const task = terminal.task('A title that goes on for a while and then some more')
    task.update('a detail that is far too long to be shown on one line of this terminal', 0.4)
    terminal.print('drawn')
    task.drop()
  })
  const widest = Math.max(
    ...text
      .replace(sequences, '')
      .split('\n')
      .map(line => line.length),
  )
  assert.ok(widest < 60, `${widest} columns`)
})

test('the cursor is back when nothing runs any more', () => {
  const text = withTerminal(true, terminal => terminal.task('Work').fail())
  assert.ok(text.lastIndexOf('\u001b[?25h') > text.lastIndexOf('\u001b[?25l'))
})

test('without a terminal there are whole lines and no escapeCode sequences', () => {
  const text = withTerminal(false, terminal => {
    const task = terminal.task('Work')
    task.update('half', 0.5)
    task.skip('not today')
  })
  assert.equal(text, '  – Work, not today  0.0 s\n')
})
