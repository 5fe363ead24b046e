import {duplicateKey} from './config/duplicate-key.ts'
import {misplacedKey} from './config/misplaced-key.ts'
import {missingFile} from './config/missing-file.ts'
import {reasonlessSuppression} from './config/reasonless-suppression.ts'
import {rendering} from './config/rendering.ts'
import {schema} from './config/schema.ts'
import {unknownKey} from './config/unknown-key.ts'
import {unknownVariable} from './config/unknown-variable.ts'
import {unusedSuppression} from './config/unused-suppression.ts'
import {mutableTag} from './image/mutable-tag.ts'
import {orderCycle} from './order/cycle.ts'
import {duplicateEnvironment} from './order/duplicate-environment.ts'
import {skippedEnvironment} from './order/skipped-environment.ts'
import {unknownEnvironment} from './order/unknown-environment.ts'
import {parityReplicas} from './parity/replicas.ts'
import {rollbackMissing} from './rollback/missing.ts'
import type {Rule} from './rule.ts'
import {smokeMissing} from './smoke/missing.ts'

/** Every rule by its code, one line each. Their order is that of the documentation and of every report that lists rules. */
export const rules = {
  'config/schema': schema,
  'config/unknown-key': unknownKey,
  'config/misplaced-key': misplacedKey,
  'config/duplicate-key': duplicateKey,
  'config/unknown-variable': unknownVariable,
  'config/missing-file': missingFile,
  'config/rendering': rendering,
  'config/unused-suppression': unusedSuppression,
  'config/reasonless-suppression': reasonlessSuppression,
  'order/unknown-environment': unknownEnvironment,
  'order/duplicate-environment': duplicateEnvironment,
  'order/cycle': orderCycle,
  'order/skipped-environment': skippedEnvironment,
  'parity/replicas': parityReplicas,
  'rollback/missing': rollbackMissing,
  'smoke/missing': smokeMissing,
  'image/mutable-tag': mutableTag,
} as const satisfies Readonly<Record<string, Rule>>

export type Code = keyof typeof rules

export const isCode = (word: string): word is Code => Object.hasOwn(rules, word)
