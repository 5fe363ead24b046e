import {addGate} from './add-gate.ts'
import {addRollback} from './add-rollback.ts'
import {addSmoke} from './add-smoke.ts'
import {addTraffic} from './add-traffic.ts'
import {editQuery} from './edit-query.ts'
import type {Edit, Fix, FixRequest} from './fix.ts'
import {replaceWord} from './replace-word.ts'

const all: readonly Fix<never>[] = [addGate, addRollback, addSmoke, addTraffic, editQuery, replaceWord]

const byId: ReadonlyMap<string, Fix> = new Map(all.map(fix => [fix.id, fix as Fix]))

/** The edits a reference in a finding stands for, or undefined where there is no such fix or it no longer fits the text. */
export const editsOf = (id: string, request: FixRequest): readonly Edit[] | undefined => byId.get(id)?.edits(request)
