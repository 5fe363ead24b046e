import type {Document} from '../document/document.ts'
import {scalarOffsets} from '../document/scalar-offsets.ts'
import {folderOf, resolveUri} from '../document/uri.ts'
import {argumentsOf, type Command, type Word} from '../model/command.ts'
import {absent, type Fact, known, knownValue, unknown} from '../model/fact.ts'
import type {Uri} from '../model/files.ts'
import type {Query} from '../model/gate.ts'
import type {Place} from '../model/place.ts'
import type {Environment} from '../model/progression.ts'
import type {Script} from '../model/script.ts'
import type {Step} from '../model/step.ts'
import {programOf, startedBy} from './argument-list.ts'
import {type JobContainer, readJob} from './job.ts'
import type {Readings} from './readings.ts'
import type {ScriptFiles} from './script-files.ts'
import type {Start} from './shell/read.ts'
import type {Value} from './shell/value.ts'
import {literal, textOf} from './shell/value.ts'
import {filled, type Scope, shellText, variablesOf} from './shell/written.ts'
import {covers, type Span} from './span.ts'
import {type Deeds, k6Deeds, type Located, noDeeds, shellDeeds, together} from './to-script.ts'

/** The variables of an environment that are the same wherever it lives. */
export function scopeOf({name, targets}: Environment): Scope {
  const scope = new Map([['environment', name]])
  const [first, ...others] = targets.items
  if (!first || targets.open.length > 0) return scope
  for (const key of ['namespace', 'cluster'] as const) {
    const value = knownValue(first[key])
    if (value !== undefined && others.every(target => knownValue(target[key]) === value)) scope.set(key, value)
  }
  return others.length === 0 ? scope.set('target', first.name) : scope
}

export type StepReaderOptions = {readonly files: ScriptFiles; readonly readings: Readings; readonly root: Uri; readonly signal: AbortSignal}

const notRead = (at: Place): Fact<Script> => unknown('it cannot be read as a script', at)

/** Reads what one step runs. `reads` are the files that were asked for. */
export class StepReader {
  readonly reads: Uri[] = []
  readonly #options: StepReaderOptions

  constructor(options: StepReaderOptions) {
    this.#options = options
  }

  async read({command, file, at}: Step, scope: Scope): Promise<Fact<Script>> {
    if (file.state === 'known') {
      const {kind, path} = file.value
      return kind === 'k6' ? this.#k6(path, scope) : this.#job(path, scope)
    }
    if (file.state !== 'absent') return notRead(at)
    if (command.state === 'absent') return absent(at)
    return command.state === 'known' ? this.#command(command.value, scope) : notRead(at)
  }

  async #command(command: Command, scope: Scope): Promise<Fact<Script>> {
    const {at} = command
    const start = await this.#start(scope, at)
    if (command.kind === 'shell') {
      const deeds = await this.#inline({text: command.script, written: command.written, style: command.style, at}, start, shellText(command.script))
      return deeds ? known({language: 'shell', called: 'the script', at, ...deeds}, at) : notRead(at)
    }
    const words = argumentsOf(command)
    const [first] = words ?? []
    if (!words || !first) return notRead(at)
    const started = startedBy(words)
    if (started.kind === 'k6') return this.#k6(started.path, scope)
    if (started.kind === 'file') {
      const arguments_ = started.rest.map(word => filled(word.text, scope))
      return this.#file(started.path, {...start, arguments: arguments_, usesShebang: started.byName, options: started.options}, scope)
    }
    if (started.kind === 'text') {
      const {text, rest, options} = started
      const inner = {...start, arguments: rest.map(word => filled(word.text, scope)), options}
      const deeds = await this.#inline({text: text.text, at: text.at}, inner, shellText(text.text))
      return deeds ? known({language: 'shell', called: 'the script', at: text.at, ...deeds}, text.at) : notRead(at)
    }
    const reading = this.#options.readings.program(JSON.stringify(words.map(({text}) => text)), programOf(words), start)
    const located = locatedInWords(words, at)
    return known({language: 'shell', called: first.text.replace(/^.*\//, ''), at, ...shellDeeds(reading, located)}, at)
  }

  async #start(scope: Scope, at: Place): Promise<Start> {
    const configured = await this.#options.files.configured(folderOf(at.document), this.#options.signal)
    return {arguments: [], variables: variablesOf(scope), usesShebang: false, options: '', configured}
  }

  /** A script inside YAML. Its pieces stand where they are written, or, where that cannot be told, where the script stands. */
  async #inline(
    {text, written, style, at}: {text: string; written?: string; style?: Query['style']; at: Place},
    start: Start,
    prepared: ReturnType<typeof shellText>,
  ): Promise<Deeds | undefined> {
    const reading = await this.#options.readings.shell(prepared.text, start)
    if (!reading) return undefined
    const offsets = written === undefined || style === undefined ? undefined : scalarOffsets(written, style, text)
    const place = (span: Span): Place => {
      const original = prepared.original(span)
      const source = offsets?.toSource(original.start, original.end)
      return source ? {...at, start: at.start + source.start, end: at.start + source.end} : at
    }
    return shellDeeds(reading, {piece: span => ({at: place(span)}), text: span => prepared.text.slice(span.start, span.end)})
  }

  async #document(path: Word, scope: Scope): Promise<{document: Document; called: string} | undefined> {
    const called = textOf(filled(path.text, scope))
    if (called === undefined) return undefined
    const uri = resolveUri(folderOf(path.at.document), called)
    this.reads.push(uri)
    const document = await this.#options.files.read(uri, this.#options.root, this.#options.signal)
    return document && {document, called}
  }

  async #file(path: Word, start: Start, scope: Scope): Promise<Fact<Script>> {
    const found = await this.#document(path, scope)
    if (!found) return notRead(path.at)
    const {document, called} = found
    const {text} = document
    // Started by its name it may be written in anything; a shell reads what it is given.
    if (start.usesShebang && !/^#!.*\b(ba|da|z|k|a)?sh\b/.test(text) && (text.startsWith('#!') || !/\.(ba|z|k)?sh$/.test(called))) return notRead(path.at)
    const reading = await this.#options.readings.shell(text, start)
    if (!reading) return notRead(path.at)
    return known({language: 'shell', called, at: path.at, uri: document.uri, ...shellDeeds(reading, locatedIn(document))}, path.at)
  }

  async #k6(path: Word, scope: Scope): Promise<Fact<Script>> {
    const found = await this.#document(path, scope)
    const reading = found && (await this.#options.readings.k6(found.document.text))
    if (!found || !reading) return notRead(path.at)
    const {document, called} = found
    return known({language: 'k6', called, at: path.at, uri: document.uri, ...k6Deeds(reading, locatedIn(document), path.at)}, path.at)
  }

  async #job(path: Word, scope: Scope): Promise<Fact<Script>> {
    const found = await this.#document(path, scope)
    const reading = found && readJob(found.document)
    if (!found || !reading) return notRead(path.at)
    const {document, called} = found
    const parts: Deeds[] = []
    for (const container of reading.containers) parts.push(await this.#container(container, document))
    return known({language: 'job', called, at: path.at, uri: document.uri, job: reading.job, ...together(parts)}, path.at)
  }

  /** What a container runs, where it says so itself. Kubernetes fills `$(NAME)` of its variables before a shell sees it. */
  async #container({words: scalars, isOpen, variables}: JobContainer, document: Document): Promise<Deeds> {
    if (isOpen) return noDeeds
    const words = scalars.map(({source, at}): Word => ({text: source, at}))
    const started = startedBy(words)
    const values = new Map<string, Value>([...variables].map(([name, value]) => [name, literal(value)]))
    const start: Start = {arguments: [], variables: values, usesShebang: false, options: '', configured: new Set()}
    const lineOf = (at: Place): {line?: number} => ({line: lineAt(document, at)})
    if (started.kind === 'text') {
      const scalar = scalars.find(({at}) => at === started.text.at)
      const text = [...variables.keys()].reduce((script, name) => script.replaceAll(`$(${name})`, `\${${name}}`), started.text.text)
      const inner = {...start, arguments: started.rest.map(word => literal(word.text)), options: started.options}
      const source = {text: started.text.text, written: scalar?.written ?? scalar?.source, style: scalar?.style, at: started.text.at}
      const deeds = await this.#inline(source, inner, {text, original: span => span})
      return deeds ? withLines(deeds, lineOf) : noDeeds
    }
    if (started.kind !== 'command') return noDeeds
    const [first] = words
    if (!first) return noDeeds
    const reading = this.#options.readings.program(JSON.stringify(words.map(({text}) => text)), programOf(words), start)
    return withLines(shellDeeds(reading, locatedInWords(words, first.at)), lineOf)
  }
}

const lineAt = (document: Document, at: Place): number | undefined => {
  const offset = document.offset(at)
  return offset === undefined ? undefined : document.lines.lineAt(offset) + 1
}

const locatedIn = (document: Document): Located => ({
  piece: ({start, end}) => ({at: document.placeAt(start, end) ?? {document: document.uri, block: 0, start, end}, line: document.lines.lineAt(start) + 1}),
  text: ({start, end}) => document.text.slice(start, end),
})

/** In an argument list a word has the length 1; more than one word is the whole list. */
function locatedInWords(words: readonly Word[], at: Place): Located {
  return {
    piece: span => ({at: (covers({start: span.start, end: span.start + 1}, span) && words[span.start]?.at) || at}),
    text: ({start, end}) =>
      words
        .slice(start, end)
        .map(({text}) => text)
        .join(' '),
  }
}

/** The same with the lines of a file, for what was found as if it stood in the progression itself. */
function withLines(deeds: Deeds, lineOf: (at: Place) => {line?: number}): Deeds {
  const lined = <T extends {readonly at: Place}>(piece: T): T => ({...piece, ...lineOf(piece.at)})
  return {
    ...deeds,
    requests: deeds.requests.map(request => ({...lined(request), hasty: request.hasty && {...request.hasty, deployment: lined(request.hasty.deployment)}})),
    rollbacks: deeds.rollbacks.map(rollback => ({...lined(rollback), revision: rollback.revision && lined(rollback.revision)})),
    judges: deeds.judges.map(lined),
    passes: deeds.passes.map(pass => ({...pass, reason: pass.reason && {...pass.reason, failure: lined(pass.reason.failure), by: lined(pass.reason.by)}})),
  }
}
