import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Every file that Git keeps or would keep, with `/` between its folders. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {cwd: root, encoding: 'utf8'})
  .split('\0')
  .filter(file => file !== '' && existsSync(join(root, file)))

/** Text of a file of the repository. */
export const read = (file: string): string => readFileSync(join(root, file), 'utf8')

export const typescript = files.filter(file => /\.(ts|mts)$/.test(file))
/** What is shipped. */
export const product = typescript.filter(file => /^(server|client)\//.test(file))

/** The text with comments blanked out; lines stay where they are. Strings that hold `//` survive where a quote or colon stands before it. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' ')).replace(/(^|[\s;{}(),])\/\/[^\n]*/g, '$1')
