import {readFile} from 'node:fs/promises'
import type {Parser} from 'web-tree-sitter'
import {convert} from './convert.ts'
import type {Program} from './syntax.ts'

/** Where the two WebAssembly files lie: tree-sitter itself, and its grammar of Bash. */
export type GrammarFiles = {readonly parser: URL; readonly bash: URL}

/** Longer scripts are left alone, UTF-16 units. */
export const longestScript = 60_000

/** Nor are those of more pieces: what nobody wrote by hand, such as a thousand commands inside each other. */
const mostNodes = 10_000

/**
 * Reads shell scripts. It takes about 40 ms to start and 2 MB, so that nothing is loaded before the first script is met; after
 * that a script of ten lines takes less than a millisecond.
 */
export class ShellGrammar {
  readonly #files: GrammarFiles
  #parser: Promise<Parser> | undefined

  constructor(files: GrammarFiles) {
    this.#files = files
  }

  /** The script as plain data, or undefined where it does not parse. Rejects where the grammar cannot be loaded. */
  async parse(text: string): Promise<Program | undefined> {
    if (text.length > longestScript) return undefined
    this.#parser ??= load(this.#files)
    const tree = (await this.#parser).parse(text)
    if (!tree) return undefined
    try {
      const {rootNode} = tree
      return rootNode.hasError || rootNode.descendantCount > mostNodes ? undefined : convert(rootNode, text)
    } finally {
      tree.delete()
    }
  }
}

async function load({parser, bash}: GrammarFiles): Promise<Parser> {
  const [{Parser, Language}, wasmBinary, grammar] = await Promise.all([import('web-tree-sitter'), readFile(parser), readFile(bash)])
  await Parser.init({wasmBinary})
  const made = new Parser()
  made.setLanguage(await Language.load(grammar))
  return made
}
