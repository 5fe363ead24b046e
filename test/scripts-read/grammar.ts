import {locations} from '../../server/locations.ts'
import {ShellGrammar} from '../../server/scripts/shell/grammar.ts'
import {readShell, type ShellReading, type Start} from '../../server/scripts/shell/read.ts'
import {literal} from '../../server/scripts/shell/value.ts'

export const grammar = new ShellGrammar(locations(new URL('../../server/cli.ts', import.meta.url).href).grammar)

export const start = (more: Partial<Start> = {}): Start => ({
  arguments: [],
  variables: new Map(),
  usesShebang: true,
  options: '',
  configured: new Set(),
  ...more,
})

/** What is read of a script that is started with arguments. */
export async function follow(text: string, ...words: readonly string[]): Promise<ShellReading> {
  const program = await grammar.parse(text)
  if (!program) throw new Error(`This does not parse:\n${text}`)
  return readShell(program, start({arguments: words.map(literal)}))
}
