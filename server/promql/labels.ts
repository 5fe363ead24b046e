import {choosing} from './aggregations.ts'
import {type Binary, comparisons, type Expression} from './expression.ts'
import {functions} from './functions.ts'
import {typeOf} from './types.ts'

/** Exactly the labels that the series of an expression can have, or undefined where the metrics decide. */
export function labelsOf(expression: Expression): ReadonlySet<string> | undefined {
  switch (expression.kind) {
    case 'group':
    case 'unary':
    case 'moved':
    case 'subquery':
      return labelsOf(expression.of)
    case 'aggregation': {
      if (choosing.has(expression.name)) return expression.args[1] && labelsOf(expression.args[1])
      if (expression.name === 'count_values') return undefined
      if (!expression.grouping) return new Set()
      return expression.grouping.kind === 'by' ? new Set(expression.grouping.labels) : undefined
    }
    case 'call':
      return ofCall(expression.name, expression.args)
    case 'binary':
      return ofBinary(expression)
    default:
      return undefined
  }
}

function ofCall(name: string, args: readonly Expression[]): ReadonlySet<string> | undefined {
  if (name === 'vector') return new Set()
  if (/^(absent|label_|info|histogram_quantiles)/.test(name) || functions.get(name)?.returns !== 'vector') return undefined
  const inner = args.find(argument => typeOf(argument) === 'vector' || typeOf(argument) === 'range')
  const labels = inner && labelsOf(inner)
  return labels && name === 'histogram_quantile' ? without(labels, ['le']) : labels
}

const without = (labels: ReadonlySet<string>, taken: readonly string[]): ReadonlySet<string> => new Set([...labels].filter(label => !taken.includes(label)))

function ofBinary({operator, left, right, matching}: Binary): ReadonlySet<string> | undefined {
  const [one, other] = [typeOf(left), typeOf(right)]
  if (one === 'scalar') return other === 'vector' ? labelsOf(right) : undefined
  if (other === 'scalar' || operator === 'and' || operator === 'unless') return labelsOf(left)
  if (operator === 'or' || matching?.group) return undefined
  if (matching?.kind === 'on') return new Set(matching.labels)
  const labels = labelsOf(left)
  return labels && matching ? without(labels, matching.labels) : labels
}

/**
 * Labels that stand on one side of an operator alone although both sides are matched by them, so that no series finds a partner;
 * empty where that is not certain. `or` needs no partner and `unless` wants none.
 */
export function unmatched({operator, left, right, matching}: Binary): readonly string[] {
  if (operator === 'or' || operator === 'unless') return []
  if (typeOf(left) !== 'vector' || typeOf(right) !== 'vector') return []
  const [one, other] = [labelsOf(left), labelsOf(right)]
  if (!one || !other) return []
  const apart = [...[...one].filter(label => !other.has(label)), ...[...other].filter(label => !one.has(label))]
  return matching?.kind === 'on' ? apart.filter(label => matching.labels.includes(label)) : apart.filter(label => !matching?.labels.includes(label))
}

/** Whether a comparison leaves series out instead of answering 0 and 1. */
export const isFilter = (expression: Expression): expression is Binary =>
  expression.kind === 'binary' && comparisons.has(expression.operator) && !expression.bool
