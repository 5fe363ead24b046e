import {type Answered, MeasuredServer, pause} from './server.ts'
import {percentile} from './statistics.ts'
import {lineToEdit} from './texts.ts'

export type TypingOptions = {
  readonly command: readonly string[]
  readonly settings?: Readonly<Record<string, unknown>>
  readonly languageId: string
  readonly folder: string
  readonly uri: string
  readonly text: string
  /** Key strokes that count, and those before that do not. */
  readonly strokes: number
  readonly warmUp: number
}

/** Milliseconds and megabytes. */
export type Typed = {
  readonly initialized: number
  readonly opened: number
  readonly strokeMedian: number
  readonly stroke95: number
  /** The slowest but five in a hundred of the hovers asked for in the midst of 20 key strokes. */
  readonly hover95: number
  /** From the last of 20 key strokes at once to the diagnostics for it. */
  readonly burst: number
  readonly memory: number | undefined
}

/** Starts a server, opens a text and types into its middle as a person would: wait for the diagnostics, go on. */
export async function type({command, settings, languageId, folder, uri, text, strokes, warmUp}: TypingOptions): Promise<Typed> {
  const server = new MeasuredServer(command, settings)
  try {
    const {milliseconds: initialized, capabilities} = await server.initialize(folder)
    const pulls = capabilities.diagnosticProvider !== undefined
    await server.quiet()
    let version = 1
    const diagnosed = (wanted: number): Promise<number> => (pulls ? pulled(server, uri) : published(server, uri, wanted))
    const opening = performance.now()
    const first = diagnosed(version)
    server.notify('textDocument/didOpen', {textDocument: {uri, languageId, version, text}})
    const opened = (pulls ? await pulled(server, uri) : await first) - opening
    await server.quiet()

    const {line, character} = lineToEdit(text)
    const press = (): void => {
      const isBack = version++ % 2 === 0
      const range = {start: {line, character}, end: {line, character: isBack ? character + 1 : character}}
      server.notify('textDocument/didChange', {textDocument: {uri, version}, contentChanges: [{range, text: isBack ? '' : 'x'}]})
    }
    const samples: number[] = []
    for (let stroke = 0; stroke < strokes + warmUp; stroke++) {
      const at = performance.now()
      const waiting = pulls ? undefined : diagnosed(version + 1)
      press()
      const done = waiting ? await waiting : await diagnosed(version)
      if (stroke >= warmUp) samples.push(done - at)
      while (performance.now() - server.lastMessage < 30) await pause(5)
    }

    const hovers: number[] = []
    for (let stroke = 0; stroke < 20; stroke++) {
      press()
      const at = performance.now()
      const position = {line, character: Math.max(0, character - 1)}
      hovers.push((await server.ask('textDocument/hover', {textDocument: {uri}, position})).at - at)
    }
    await server.quiet()
    const waiting = pulls ? undefined : diagnosed(version + 20)
    let last = 0
    for (let stroke = 0; stroke < 20; stroke++) {
      last = performance.now()
      press()
    }
    const burst = (waiting ? await waiting : await diagnosed(version)) - last
    await server.quiet()
    return {
      initialized,
      opened,
      strokeMedian: percentile(samples, 0.5),
      stroke95: percentile(samples, 0.95),
      hover95: percentile(hovers, 0.95),
      burst,
      memory: server.memory(),
    }
  } finally {
    server.stop()
  }
}

/** When the answer to a pull came; one that a newer text made pointless is asked again. */
async function pulled(server: MeasuredServer, uri: string): Promise<number> {
  for (;;) {
    try {
      return (await server.ask('textDocument/diagnostic', {textDocument: {uri}})).at
    } catch (error) {
      if ((error as Answered).code !== -32802) throw error
    }
  }
}

/** When diagnostics for a version, or a later one, were published. */
const published = (server: MeasuredServer, uri: string, version: number): Promise<number> =>
  server.next(({method, params}) => {
    const told = params as {uri?: string; version?: number} | undefined
    return method === 'textDocument/publishDiagnostics' && told?.uri === uri && (told.version === undefined || told.version >= version)
  })
