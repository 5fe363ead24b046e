// Plain JavaScript that Node 20 understands: it is shown before anything is installed. Its types stand in progress.d.mts.

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const quietFor = 2_000
const remindEvery = 15_000

/** `1.4 s`, `12 s`, `3 min 05 s`. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** Escape sequences where they are wanted, the bare text where not. */
export function palette(coloured) {
  const paint = code => text => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33), blue: paint(34), cyan: paint(36)}
}

export class Terminal {
  #stream
  #tasks = new Set()
  #drawn = 0
  #frame = 0
  #timer
  #restore = () => this.#stream.write('\u001b[?25h')

  constructor(stream = process.stdout) {
    this.#stream = stream
    const plain = process.env.TERM === 'dumb' || process.env.CI === 'true'
    this.live = Boolean(stream.isTTY) && !plain
    this.paint = palette(this.live && !process.env.NO_COLOR)
  }

  /** Columns that a line may fill before it breaks; without end where nothing breaks it. */
  get width() {
    return this.live ? Math.max(40, this.#stream.columns ?? 80) : Number.POSITIVE_INFINITY
  }

  print(text = '') {
    this.#erase()
    this.#stream.write(`${text}\n`)
    this.#draw()
  }

  task(title) {
    const task = new Task(this, title, () => this.#forget(task))
    this.#tasks.add(task)
    if (!this.#timer) {
      this.#timer = setInterval(() => this.#tick(), this.live ? 100 : 500)
      this.#timer.unref()
      if (this.live) {
        this.#stream.write('\u001b[?25l')
        process.once('exit', this.#restore)
      }
    }
    this.#draw()
    return task
  }

  #forget(task) {
    this.#erase()
    this.#tasks.delete(task)
    if (this.#tasks.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
    if (!this.live) return
    this.#restore()
    process.removeListener('exit', this.#restore)
  }

  #tick() {
    this.#frame += 1
    if (this.live) {
      this.#erase()
      this.#draw()
    } else for (const task of this.#tasks) task.remind()
  }

  #erase() {
    // Line by line: some terminals keep what a clearing of everything below removes.
    if (this.live) this.#stream.write('\u001b[1A\r\u001b[2K'.repeat(this.#drawn))
    this.#drawn = 0
  }

  #draw() {
    if (!this.live || this.#drawn > 0) return
    for (const task of this.#tasks) {
      this.#stream.write(`${task.line(frames[this.#frame % frames.length], this.width - 1)}\n`)
      this.#drawn += 1
    }
  }
}

class Task {
  #terminal
  #title
  #leave
  #began = Date.now()
  #reminded = 0
  #fraction
  #detail = ''

  constructor(terminal, title, leave) {
    this.#terminal = terminal
    this.#title = title
    this.#leave = leave
  }

  get milliseconds() {
    return Date.now() - this.#began
  }

  update(detail, fraction) {
    this.#detail = detail
    this.#fraction = fraction
  }

  done(note) {
    this.#end(this.#terminal.paint.green('✔'), note)
  }

  fail(note) {
    this.#end(this.#terminal.paint.red('✘'), note)
  }

  skip(note) {
    this.#end(this.#terminal.paint.yellow('–'), note)
  }

  /** Ends without a line of its own. */
  drop() {
    this.#leave()
  }

  #end(mark, note) {
    this.#leave()
    const {paint} = this.#terminal
    this.#terminal.print(`  ${mark} ${this.#title}${note ? paint.dim(`, ${note}`) : ''}${paint.dim(`  ${duration(this.milliseconds)}`)}`)
  }

  /** Where lines cannot be redrawn: one after two seconds, then one now and again. */
  remind() {
    const elapsed = this.milliseconds
    if (elapsed < quietFor || elapsed < this.#reminded) return
    this.#reminded = elapsed + remindEvery
    this.#terminal.print(`  … ${[this.#title, this.#percent(), this.#detail, elapsed > quietFor * 2 ? duration(elapsed) : ''].filter(Boolean).join(', ')}`)
  }

  line(frame, width) {
    const {paint} = this.#terminal
    const elapsed = this.milliseconds < 1_000 ? '' : duration(this.milliseconds)
    const bar = this.#fraction === undefined ? '' : this.#bar(20)
    const tail = [bar, this.#percent(), elapsed].filter(Boolean).join(' ')
    const room = width - 4 - this.#title.length - 2 - tail.length - 2
    const detail = this.#detail && room > 8 ? `  ${shorten(this.#detail, room)}` : ''
    const title = shorten(this.#title, width - 6 - tail.length)
    return `  ${paint.cyan(frame)} ${title}  ${paint.dim(tail)}${paint.dim(detail)}`
  }

  #percent() {
    return this.#fraction === undefined ? '' : `${Math.floor(Math.min(1, this.#fraction) * 100)} %`
  }

  #bar(cells) {
    const filled = Math.round(Math.min(1, this.#fraction) * cells)
    return '━'.repeat(filled) + '╌'.repeat(cells - filled)
  }
}

const shorten = (text, width) => (text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`)
