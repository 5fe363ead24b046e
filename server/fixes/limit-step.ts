import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Says how long a step may take. */
export const limitStep = defineFix<'environment' | 'step' | 'timeout'>({
  id: 'limit-step',
  title: ({step, timeout}) => `Give the ${step} test ${timeout}`,
  edits({document, progression, arguments: {environment, step: kind, timeout}}) {
    const step = environmentNamed(progression, environment)?.steps.items.find(one => one.kind === kind)
    const edit = step?.extent && step.timeout.state === 'absent' ? setPair(document, step.extent, 'timeout', timeout) : undefined
    return edit && [edit]
  },
})
