import {stat} from 'node:fs/promises'

/** `done` of `total`, in a unit that only their ratio gives a meaning; `what` is happening now, for people. */
export type Progress = (done: number, total: number, what: string) => void

/** A package as `go list` knows it; `stale` ones have to be compiled. */
export type Package = {readonly path: string; readonly stale: boolean; readonly files: readonly string[]}

/** Thousandths of the whole, as measured on a cold cache: downloads, then compilers, then the linker. */
const shares = {download: 60, compile: 900, link: 40}
const whole = shares.download + shares.compile + shares.link

/**
 * Turns what `go list` and `go build -v` say into a fraction. A package weighs what its sources weigh: the few hundred
 * largest take most of the time.
 */
export class CompileProgress {
  readonly #report: Progress
  readonly #modules: number
  #downloaded = 0
  readonly #weights = new Map<string, number>()
  #total = 0
  #done = 0
  #count = 0
  #last = 0

  /** @param checksums the text of go.sum, which names the modules that may be downloaded */
  constructor(report: Progress, checksums: string) {
    this.#report = report
    this.#modules = checksums.split('\n').filter(line => line !== '' && !line.includes('/go.mod ')).length
    report(0, whole, 'Looking what has to be compiled')
  }

  /** A line that `go list` wrote to standard error. */
  downloading(line: string): void {
    if (!line.startsWith('go: downloading ')) return
    this.#downloaded++
    const share = Math.min(1, this.#downloaded / this.#modules)
    this.#say(share * shares.download, `Downloading ${line.slice('go: downloading '.length)}`)
  }

  /** Told before compiling what there is to compile. */
  async expect(packages: readonly Package[]): Promise<void> {
    for (const {path, stale, files} of packages) {
      if (!stale) continue
      const sizes = await Promise.all(
        files.map(file =>
          stat(file)
            .then(found => found.size)
            .catch(() => 0),
        ),
      )
      // Starting a compiler takes as long as 20 KB of source.
      const weight = sizes.reduce((sum, size) => sum + size, 20_000)
      this.#weights.set(path, weight)
      this.#total += weight
    }
    this.#say(shares.download, `Compiling ${this.#weights.size} packages`)
  }

  /** A line that `go build -v` wrote to standard error: the package it begins with. */
  compiling(line: string): void {
    const weight = this.#weights.get(line)
    if (weight === undefined) return
    this.#weights.delete(line)
    this.#done += weight
    this.#count++
    const all = this.#count + this.#weights.size
    this.#say(shares.download + (this.#done / this.#total) * shares.compile, `Compiling ${line} (${this.#count} of ${all} packages)`)
  }

  finish(): void {
    this.#say(whole, 'Compiled')
  }

  /** Never backwards, whatever Go says twice. */
  #say(done: number, what: string): void {
    this.#last = Math.max(this.#last, Math.round(done))
    this.#report(this.#last, whole, what)
  }
}
