import {duplicateKey} from './config/duplicate-key.ts'
import {misplacedKey} from './config/misplaced-key.ts'
import {missingFile} from './config/missing-file.ts'
import {reasonlessSuppression} from './config/reasonless-suppression.ts'
import {rendering} from './config/rendering.ts'
import {schema} from './config/schema.ts'
import {unknownKey} from './config/unknown-key.ts'
import {unknownVariable} from './config/unknown-variable.ts'
import {unusedSuppression} from './config/unused-suppression.ts'
import {gateCannotFail} from './gate/cannot-fail.ts'
import {invalidPromql} from './gate/invalid-promql.ts'
import {limitsContradict} from './gate/limits-contradict.ts'
import {gateMissing} from './gate/missing.ts'
import {gateNoData} from './gate/no-data.ts'
import {gateNoTrafficFloor} from './gate/no-traffic-floor.ts'
import {gateNotARatio} from './gate/not-a-ratio.ts'
import {gateShortWindow} from './gate/short-window.ts'
import {gateWrongNamespace} from './gate/wrong-namespace.ts'
import {gateWrongUnit} from './gate/wrong-unit.ts'
import {mutableTag} from './image/mutable-tag.ts'
import {missingAlert} from './monitoring/missing-alert.ts'
import {missingQuery} from './monitoring/missing-query.ts'
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
  'gate/missing': gateMissing,
  'gate/cannot-fail': gateCannotFail,
  'gate/not-a-ratio': gateNotARatio,
  'gate/no-data': gateNoData,
  'gate/no-traffic-floor': gateNoTrafficFloor,
  'gate/wrong-namespace': gateWrongNamespace,
  'gate/invalid-promql': invalidPromql,
  'gate/wrong-unit': gateWrongUnit,
  'gate/short-window': gateShortWindow,
  'gate/limits-contradict': limitsContradict,
  'monitoring/missing-query': missingQuery,
  'monitoring/missing-alert': missingAlert,
  'image/mutable-tag': mutableTag,
} as const satisfies Readonly<Record<string, Rule>>

export type Code = keyof typeof rules

export const isCode = (word: string): word is Code => Object.hasOwn(rules, word)
