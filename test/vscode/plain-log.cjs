// Takes the place of @vscode/spdlog, whose native half is not compiled when code-server is installed without install scripts:
// without it no log of the editor or of an extension is ever written, and Show Log shows an empty page.
const {appendFileSync, mkdirSync} = require('node:fs')
const {dirname} = require('node:path')

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical']
let shared = 2

class Logger {
  #file
  #level
  #bare = false

  constructor(_kind, _name, file) {
    this.#file = file
    mkdirSync(dirname(file), {recursive: true})
  }

  trace = text => this.#write(0, text)
  debug = text => this.#write(1, text)
  info = text => this.#write(2, text)
  warn = text => this.#write(3, text)
  error = text => this.#write(4, text)
  critical = text => this.#write(5, text)
  getLevel = () => this.#level ?? shared
  setLevel = level => {
    this.#level = level
  }
  setPattern = () => {
    this.#bare = false
  }
  clearFormatters = () => {
    this.#bare = true
  }
  flush = () => {}
  drop = () => {}

  #write(level, text) {
    if (level < this.getLevel()) return
    appendFileSync(this.#file, this.#bare ? text : `${new Date().toISOString().replace('T', ' ').replace('Z', '')} [${levels[level]}] ${text}\n`)
  }
}

const create = kind => async (name, file) => new Logger(kind, name, file)

// One by one, because VS Code imports them by name and Node finds names in assignments only.
exports.version = 0
exports.Logger = Logger
exports.setLevel = level => {
  shared = level
}
exports.setFlushOn = () => {}
exports.createRotatingLogger = create('rotating')
exports.createAsyncRotatingLogger = create('rotating_async')
