import {parseArgs} from 'node:util'
import {type Command, type Surroundings, UsageError} from './command.ts'

/** Every command by its word; each is loaded only when it is asked for, so that `check` never loads the cluster. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  checklist: async () => (await import('./checklist.ts')).checklist,
  graph: async () => (await import('./graph.ts')).graph,
  plan: async () => (await import('./plan.ts')).plan,
  promote: async () => (await import('./promote.ts')).promote,
  rollback: async () => (await import('./rollback.ts')).rollback,
  status: async () => (await import('./status.ts')).status,
  setup: async () => (await import('./setup.ts')).setup,
  init: async () => (await import('./init.ts')).init,
  lsp: async () => (await import('./lsp.ts')).lsp,
}

/** Runs the command line and answers its exit code. Never throws; SIGINT and SIGTERM abort what runs, a second one ends the program. */
export async function commandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const {error, out} = surroundings
  const [word, ...rest] = args
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') return print(out, await overview(), word === undefined ? 2 : 0)
  if (word === '--version' || word === '-V') return print(out, `${(await import('./version.ts')).version}\n`, 0)
  const load = commands[word]
  if (!load) return print(error, `progression ${word} is not known. Commands: ${Object.keys(commands).join(', ')}.\n`, 2)
  const stop = new AbortController()
  const abort = () => (stop.signal.aborted ? process.exit(130) : stop.abort(new Error('interrupted')))
  process.on('SIGINT', abort).on('SIGTERM', abort)
  try {
    const command = await load()
    if (rest.includes('--help') || rest.includes('-h')) return print(out, help(command), 0)
    const {values, positionals} = parseArgs({args: rest, options: command.options, allowPositionals: true, strict: true})
    return await command.run({...surroundings, values, words: positionals, signal: stop.signal})
  } catch (problem) {
    if (stop.signal.aborted) return print(error, 'Interrupted.\n', 130)
    const isUsage = problem instanceof UsageError || (problem instanceof TypeError && 'code' in problem && String(problem.code).startsWith('ERR_PARSE_ARGS'))
    const words = problem instanceof Error ? (isUsage ? problem.message : (problem.stack ?? problem.message)) : String(problem)
    return print(error, `${words}\n${isUsage ? `Try: progression ${word} --help\n` : ''}`, 2)
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort)
  }
}

function print(stream: NodeJS.WritableStream, text: string, code: number): number {
  stream.write(text)
  return code
}

async function overview(): Promise<string> {
  const lines = await Promise.all(Object.entries(commands).map(async ([word, load]) => `  ${word.padEnd(10)} ${(await load()).summary}`))
  return `progression: from dev to production without losing the way\n\n${lines.join('\n')}\n\nprogression COMMAND --help says more.\n`
}

function help({usage, summary, help: lines, options}: Command): string {
  const rows = Object.entries(options).map(([name, {type, short}]) => {
    const head = `${short ? `-${short}, ` : ''}--${name}${type === 'string' ? ' VALUE' : ''}`
    return `  ${head.padEnd(28)} ${lines[name] ?? ''}`
  })
  return `${usage}\n\n${summary}\n${rows.length > 0 ? `\n${rows.join('\n')}\n` : ''}`
}
