import type {Scenario as Trouble} from '../../model/script.ts'

/**
 * What goes wrong while a script runs, so that it can be seen whether the script notices. Everything that has to do with the
 * question goes wrong then, and everything that merely prepares for it goes well; what is not known may do either. With
 * `anything` nothing is known at all: for finding out what a script does.
 */
export type Scenario = Trouble | 'anything'

export const troubles = ['refused', 'broken', 'high', 'low', 'findings', 'slow'] as const satisfies readonly Trouble[]
