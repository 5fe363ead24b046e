import type {Action} from '../../server/protocol.ts'

/** The words of an action wherever it is spoken of. */
export const actionWords = {
  promote: {verb: 'Promote', doing: 'Promoting'},
  rollback: {verb: 'Roll Back', doing: 'Rolling back'},
} as const satisfies Record<Action, {readonly verb: string; readonly doing: string}>
