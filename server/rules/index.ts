import {automaticProduction} from './approval/automatic-production.ts'
import {approvalMissing} from './approval/missing.ts'
import {selfApproval} from './approval/self-approval.ts'
import {deprecated} from './config/deprecated.ts'
import {duplicateKey} from './config/duplicate-key.ts'
import {literalSecret} from './config/literal-secret.ts'
import {misplacedKey} from './config/misplaced-key.ts'
import {missingFile} from './config/missing-file.ts'
import {mutableName} from './config/mutable-name.ts'
import {reasonlessSuppression} from './config/reasonless-suppression.ts'
import {rendering} from './config/rendering.ts'
import {schema} from './config/schema.ts'
import {unknownGate} from './config/unknown-gate.ts'
import {unknownKey} from './config/unknown-key.ts'
import {unknownVariable} from './config/unknown-variable.ts'
import {unusedGate} from './config/unused-gate.ts'
import {unusedSuppression} from './config/unused-suppression.ts'
import {flagsMissing} from './flags/missing-in-environment.ts'
import {flagsOrder} from './flags/order.ts'
import {flagsUnknown} from './flags/unknown.ts'
import {freezeExpired} from './freeze/expired.ts'
import {freezeNoReason} from './freeze/no-reason.ts'
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
import {loadBelowProduction} from './load/below-production.ts'
import {loadHealthOnly} from './load/health-only.ts'
import {loadMissing} from './load/missing.ts'
import {loadNoThreshold} from './load/no-threshold.ts'
import {missingAlert} from './monitoring/missing-alert.ts'
import {missingQuery} from './monitoring/missing-query.ts'
import {concurrent} from './order/concurrent.ts'
import {orderCycle} from './order/cycle.ts'
import {directToProduction} from './order/direct-to-production.ts'
import {duplicateEnvironment} from './order/duplicate-environment.ts'
import {freeTextEnvironment} from './order/free-text-environment.ts'
import {ignoresFailure} from './order/ignores-failure.ts'
import {notAwaited} from './order/not-awaited.ts'
import {skippedEnvironment} from './order/skipped-environment.ts'
import {tooFewEnvironments} from './order/too-few-environments.ts'
import {unknownEnvironment} from './order/unknown-environment.ts'
import {orderUnreachable} from './order/unreachable.ts'
import {parityAutoscaling} from './parity/autoscaling.ts'
import {parityConfigKeys} from './parity/config-keys.ts'
import {parityDisruptionBudget} from './parity/disruption-budget.ts'
import {parityEnvKeys} from './parity/env-keys.ts'
import {parityImage} from './parity/image.ts'
import {parityNetworkPolicy} from './parity/network-policy.ts'
import {parityProbes} from './parity/probes.ts'
import {parityReplicas} from './parity/replicas.ts'
import {parityResources} from './parity/resources.ts'
import {parityStrategy} from './parity/strategy.ts'
import {parityWorkloadOnlyInOne} from './parity/workload-only-in-one.ts'
import {policyNotEnforced} from './policy/not-enforced.ts'
import {rollbackGitopsReverts} from './rollback/gitops-reverts.ts'
import {irreversibleMigration} from './rollback/irreversible-migration.ts'
import {rollbackManualOnly} from './rollback/manual-only.ts'
import {rollbackMissing} from './rollback/missing.ts'
import {rollbackNeverRuns} from './rollback/never-runs.ts'
import {rollbackUnattended} from './rollback/unattended.ts'
import {rollbackUntested} from './rollback/untested.ts'
import {rollbackUnverified} from './rollback/unverified.ts'
import {rollbackWrongRevision} from './rollback/wrong-revision.ts'
import {rollbackWrongTarget} from './rollback/wrong-target.ts'
import type {Rule} from './rule.ts'
import {scanAfterDeploy} from './scan/after-deploy.ts'
import {scanCannotFail} from './scan/cannot-fail.ts'
import {scanMissing} from './scan/missing.ts'
import {smokeBeforeRollout} from './smoke/before-rollout.ts'
import {smokeCannotFail} from './smoke/cannot-fail.ts'
import {smokeManual} from './smoke/manual.ts'
import {smokeMissing} from './smoke/missing.ts'
import {smokeNoTimeout} from './smoke/no-timeout.ts'
import {smokeWritesInProduction} from './smoke/writes-in-production.ts'

/** Every rule by its code, one line each. Their order is that of the documentation and of every report that lists rules. */
export const rules = {
  'config/schema': schema,
  'config/unknown-key': unknownKey,
  'config/duplicate-key': duplicateKey,
  'config/misplaced-key': misplacedKey,
  'config/deprecated': deprecated,
  'config/unknown-variable': unknownVariable,
  'config/missing-file': missingFile,
  'config/literal-secret': literalSecret,
  'config/unused-gate': unusedGate,
  'config/unknown-gate': unknownGate,
  'config/mutable-name': mutableName,
  'config/rendering': rendering,
  'config/unused-suppression': unusedSuppression,
  'config/reasonless-suppression': reasonlessSuppression,
  'order/unknown-environment': unknownEnvironment,
  'order/duplicate-environment': duplicateEnvironment,
  'order/cycle': orderCycle,
  'order/unreachable': orderUnreachable,
  'order/skipped-environment': skippedEnvironment,
  'order/direct-to-production': directToProduction,
  'order/free-text-environment': freeTextEnvironment,
  'order/too-few-environments': tooFewEnvironments,
  'order/ignores-failure': ignoresFailure,
  'order/not-awaited': notAwaited,
  'order/concurrent': concurrent,
  'parity/replicas': parityReplicas,
  'parity/resources': parityResources,
  'parity/autoscaling': parityAutoscaling,
  'parity/disruption-budget': parityDisruptionBudget,
  'parity/image': parityImage,
  'parity/env-keys': parityEnvKeys,
  'parity/config-keys': parityConfigKeys,
  'parity/workload-only-in-one': parityWorkloadOnlyInOne,
  'parity/probes': parityProbes,
  'parity/strategy': parityStrategy,
  'parity/network-policy': parityNetworkPolicy,
  'rollback/missing': rollbackMissing,
  'rollback/manual-only': rollbackManualOnly,
  'rollback/never-runs': rollbackNeverRuns,
  'rollback/wrong-target': rollbackWrongTarget,
  'rollback/wrong-revision': rollbackWrongRevision,
  'rollback/unverified': rollbackUnverified,
  'rollback/gitops-reverts': rollbackGitopsReverts,
  'rollback/irreversible-migration': irreversibleMigration,
  'rollback/unattended': rollbackUnattended,
  'rollback/untested': rollbackUntested,
  'smoke/missing': smokeMissing,
  'smoke/manual': smokeManual,
  'smoke/cannot-fail': smokeCannotFail,
  'smoke/before-rollout': smokeBeforeRollout,
  'smoke/no-timeout': smokeNoTimeout,
  'smoke/writes-in-production': smokeWritesInProduction,
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
  'load/missing': loadMissing,
  'load/no-threshold': loadNoThreshold,
  'load/health-only': loadHealthOnly,
  'load/below-production': loadBelowProduction,
  'approval/missing': approvalMissing,
  'approval/automatic-production': automaticProduction,
  'approval/self-approval': selfApproval,
  'flags/order': flagsOrder,
  'flags/unknown': flagsUnknown,
  'flags/missing-in-environment': flagsMissing,
  'monitoring/missing-query': missingQuery,
  'monitoring/missing-alert': missingAlert,
  'image/mutable-tag': mutableTag,
  'scan/missing': scanMissing,
  'scan/cannot-fail': scanCannotFail,
  'scan/after-deploy': scanAfterDeploy,
  'policy/not-enforced': policyNotEnforced,
  'freeze/expired': freezeExpired,
  'freeze/no-reason': freezeNoReason,
} as const satisfies Readonly<Record<string, Rule>>

export type Code = keyof typeof rules

export const isCode = (word: string): word is Code => Object.hasOwn(rules, word)
