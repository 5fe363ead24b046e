import {isJson} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {type Aspect, differences} from './difference.ts'
import type {Compared} from './objects.ts'

/** One finding a pair: keys, never values. A Secret that one environment alone has may come from a store in the other. */
export const parityConfigKeys = defineComparison({
  title: 'Environments are configured with different keys',
  subject: 'configuration keys',
  kinds: new Set(['ConfigMap', 'Secret']),
  compare: (earlier, later) => differences(keys(earlier), keys(later)),
  isToldAlone: ({kind}) => kind === 'ConfigMap',
})

const keys = ({object}: Compared): readonly Aspect[] =>
  ['data', 'stringData', 'binaryData'].flatMap(list => {
    const data = object[list]
    return isJson(data) ? Object.keys(data).map(key => ({path: `data.${key}`, label: key, normal: '', shown: ''})) : []
  })
