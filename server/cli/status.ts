import {phaseWords} from '../graph/phase.ts'
import type {Command} from './command.ts'
import {textOf} from './command.ts'
import {openPromotions, sharedHelp, sharedOptions} from './promotions.ts'

export const status: Command = {
  usage: 'progression status [--file FILE]',
  summary: 'Says what runs in each environment, as the clusters tell it.',
  options: sharedOptions,
  help: sharedHelp,
  async run(invocation) {
    const {out, values, signal} = invocation
    const promotions = await openPromotions(invocation)
    try {
      const targets = promotions.preparation.targets(promotions.document, textOf(values, 'progression'))
      const statuses = await promotions.service.status(targets, signal)
      if (values.format === 'json') out.write(`${JSON.stringify({environments: statuses}, undefined, 2)}\n`)
      else {
        const rows = statuses.map(one => [
          one.target === one.environment ? one.environment : `${one.environment}/${one.target}`,
          one.release ?? '',
          phaseWords(one.phase).text,
          one.message,
        ])
        const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)))
        for (const row of rows)
          out.write(
            `${row
              .map((cell, column) => cell.padEnd(widths[column] ?? 0))
              .join('  ')
              .trimEnd()}\n`,
          )
      }
      return statuses.some(({phase}) => phase === 'unreachable') ? 1 : 0
    } finally {
      await promotions.close()
    }
  },
}
