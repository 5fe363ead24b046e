import {readFile} from 'node:fs/promises'
import {nearest} from '../model/nearest.ts'
import {isCode, rules} from '../rules/index.ts'
import {type Invocation, UsageError} from './command.ts'

/** The documentation page of a rule as Markdown; undefined where the pages do not lie beside the program. */
export const pageText = (entry: string, code: string): Promise<string | undefined> =>
  readFile(new URL(`../docs/rules/${code}.md`, entry), 'utf8').catch(() => undefined)

/** Prints what a code means, why it matters and what is right instead. A code that is not known is a usage error. */
export async function explain({entry, out}: Invocation, code: string): Promise<number> {
  if (!isCode(code)) {
    const near = nearest(code, Object.keys(rules))
    throw new UsageError(`There is no rule ${code}.${near ? ` Did you mean ${near}?` : ''}`)
  }
  out.write(`${(await pageText(entry, code))?.trimEnd() ?? `${code}: ${rules[code].title}`}\n`)
  return 0
}
