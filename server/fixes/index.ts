import {addApproval} from './add-approval.ts'
import {addArguments} from './add-arguments.ts'
import {addFlag} from './add-flag.ts'
import {addGate} from './add-gate.ts'
import {addRollback} from './add-rollback.ts'
import {addSmoke} from './add-smoke.ts'
import {addTraffic} from './add-traffic.ts'
import {editQuery} from './edit-query.ts'
import type {Edit, Fix, FixRequest} from './fix.ts'
import {limitStep} from './limit-step.ts'
import {notRequester} from './not-requester.ts'
import {removeSuppression} from './remove-suppression.ts'
import {replaceText} from './replace-text.ts'
import {replaceWord} from './replace-word.ts'
import {runInCi} from './run-in-ci.ts'
import {setLevel} from './set-level.ts'
import {silenceFile, silenceLine} from './silence.ts'
import {takeOut} from './take-out.ts'

const all: readonly Fix<never>[] = [
  addApproval,
  addArguments,
  addFlag,
  addGate,
  addRollback,
  addSmoke,
  addTraffic,
  editQuery,
  limitStep,
  notRequester,
  replaceText,
  replaceWord,
  runInCi,
  removeSuppression,
  setLevel,
  silenceFile,
  silenceLine,
  takeOut,
]

const byId: ReadonlyMap<string, Fix> = new Map(all.map(fix => [fix.id, fix as Fix]))

/** The edits a reference in a finding stands for, or undefined where there is no such fix or it no longer fits the text. */
export const editsOf = (id: string, request: FixRequest): readonly Edit[] | undefined => byId.get(id)?.edits(request)
