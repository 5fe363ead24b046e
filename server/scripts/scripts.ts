import type {Document} from '../document/document.ts'
import {unknown} from '../model/fact.ts'
import type {Files, Uri} from '../model/files.ts'
import type {Environment, Progression} from '../model/progression.ts'
import type {Step} from '../model/step.ts'
import {canFailOf} from './can-fail.ts'
import {Readings} from './readings.ts'
import {ScriptFiles} from './script-files.ts'
import {type GrammarFiles, ShellGrammar} from './shell/grammar.ts'
import {StepReader, scopeOf} from './step-reader.ts'

type Found = {readonly script: Step['script']; readonly reads: readonly Uri[]}

/** Work of more milliseconds lets others in. */
const longestTurn = 8

/**
 * The scripts of progressions: texts in `run`, files it starts, Jobs and k6 scripts. Each is read once and again when it changed; the
 * parsers are loaded when the first script is met.
 */
export class Scripts {
  readonly #files: ScriptFiles
  readonly #readings: Readings
  readonly #log: (message: string) => void
  #scripts = new WeakMap<Step, Found>()
  #filled = new WeakMap<Progression, Progression>()
  #explored = new WeakSet<Progression>()

  /** `log` takes one message where the grammar cannot be loaded; scripts then stay unknown. */
  constructor(files: Files, grammar: GrammarFiles, log: (message: string) => void) {
    this.#files = new ScriptFiles(files)
    this.#readings = new Readings(new ShellGrammar(grammar))
    this.#log = log
  }

  /** Reads what was not read yet. Cheap where there are no scripts. Throws only for an aborted signal. */
  async explore(progressions: readonly Progression[], rootOf: () => Promise<Uri>, signal: AbortSignal): Promise<void> {
    let since = performance.now()
    for (const progression of progressions) {
      if (this.#explored.has(progression)) continue
      for (const environment of progression.environments.items) {
        for (const step of environment.steps.items) {
          if (step.script.state === 'absent' || this.#scripts.has(step)) continue
          this.#scripts.set(step, await this.#read(step, environment, await rootOf(), signal))
          this.#filled.delete(progression)
          if (performance.now() - since < longestTurn) continue
          await new Promise(resume => setImmediate(resume))
          signal.throwIfAborted()
          since = performance.now()
        }
      }
      this.#explored.add(progression)
    }
  }

  async #read(step: Step, environment: Environment, root: Uri, signal: AbortSignal): Promise<Found> {
    const reader = new StepReader({files: this.#files, readings: this.#readings, root, signal})
    try {
      return {script: await reader.read(step, scopeOf(environment)), reads: reader.reads}
    } catch (error) {
      signal.throwIfAborted()
      this.#log(`The ${step.kind} of ${environment.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
      return {script: unknown('it cannot be read', step.at), reads: reader.reads}
    }
  }

  /** The progression with what was read of its scripts; the same one where there is nothing to fill. */
  fill(progression: Progression): Progression {
    const filled = this.#filled.get(progression) ?? this.#fill(progression)
    this.#filled.set(progression, filled)
    return filled
  }

  /** A file came, went or changed. True where a script was read from it. */
  forget(uri: Uri): boolean {
    if (!this.#files.forget(uri)) return false
    this.#scripts = new WeakMap()
    this.#filled = new WeakMap()
    this.#explored = new WeakSet()
    return true
  }

  /** The files that a progression's scripts stand in, those that are missing too. */
  reads(progression: Progression): readonly Uri[] {
    const steps = progression.environments.items.flatMap(environment => environment.steps.items)
    return [...new Set(steps.flatMap(step => this.#scripts.get(step)?.reads ?? []))]
  }

  /** The documents that places of a progression's scripts stand in. */
  documents(progression: Progression): readonly Document[] {
    return this.reads(progression).flatMap(uri => this.#files.documentOf(uri) ?? [])
  }

  #fill(progression: Progression): Progression {
    const environments = progression.environments.items.map(environment => {
      if (!environment.steps.items.some(step => this.#scripts.has(step))) return environment
      const items = environment.steps.items.map(step => {
        const found = this.#scripts.get(step)
        return found ? {...step, script: found.script, canFail: canFailOf(step, found.script)} : step
      })
      return {...environment, steps: {...environment.steps, items}}
    })
    if (environments.every((environment, index) => environment === progression.environments.items[index])) return progression
    return {...progression, environments: {...progression.environments, items: environments}}
  }
}
