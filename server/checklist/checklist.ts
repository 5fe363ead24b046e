import type {Progression} from '../model/progression.ts'
import {approvals, flags, monitoring, rollback} from './after.ts'
import {configuration, environments, isolation} from './ground.ts'
import type {Item} from './item.ts'
import {gates, load, smoke} from './tests.ts'

const questions = [environments, isolation, configuration, smoke, gates, load, rollback, flags, monitoring, approvals]

/** Ten things a way to production should have, always in the same order: done, missing or unknown. Pure; rendered manifests help where they are there. */
export const checklist = (progression: Progression): readonly Item[] => questions.map(({id, title, judge}) => ({id, title, ...judge(progression)}))
