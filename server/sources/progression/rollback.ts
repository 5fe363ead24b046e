import {knownValue, type Listing} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import {type Rollback, type RollbackTrigger, rollbackTriggers} from '../../model/progression.ts'
import {type Convert, duration, entries, field, oneOf} from './field.ts'

const trigger = oneOf(...rollbackTriggers)

/** When a bad release is taken back without asking. Where a trigger is still being typed, the others hold. */
export const rollback: Convert<Rollback> = node => {
  if (node.kind !== 'mapping') return undefined
  const listed = field(
    node,
    'on',
    node.at,
    (on): Listing<{trigger: RollbackTrigger; at: Place}> =>
      entries(on, item => {
        const found = trigger(item)
        return found && {trigger: found, at: item.at}
      }),
  )
  const on = knownValue(listed)?.items.map(one => one.trigger) ?? rollbackTriggers
  return {within: field(node, 'within', node.at, duration), on, listed, extent: node.at}
}
