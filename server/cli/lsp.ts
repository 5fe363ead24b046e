import type {Command} from './command.ts'

export const lsp: Command = {
  usage: 'progression lsp --stdio',
  summary: 'Is a language server for any editor.',
  options: {stdio: {type: 'boolean'}, 'node-ipc': {type: 'boolean'}, clientProcessId: {type: 'string'}},
  help: {stdio: 'speak over standard input and output'},
  async run() {
    await import('../main.ts')
    return new Promise<number>(() => {})
  },
}
