import {knownValue} from '../../model/fact.ts'
import type {Environment, Progression} from '../../model/progression.ts'
import {isVariable, type Variable, variables} from '../../model/variables.ts'
import {code, escaped} from '../markdown.ts'

/** More environments than this are not read at a glance. */
const most = 12

/** What a variable stands for, and its value in the environment around it, else in each. Values of the process are secrets and never shown. */
export function describeVariable(name: string, progression: Progression | undefined, around: Environment | undefined): string {
  const title = `**\${${escaped(name)}}** · variable`
  if (name.startsWith('env.') && isVariable(name))
    return `${title}\n\nThe environment variable ${code(name.slice(4))} of the process that promotes. Its value is never shown or recorded.`
  if (!isVariable(name)) return `${title}\n\nThere is no such variable.`
  const environments = around ? [around] : (progression?.environments.items ?? [])
  const rows = environments.flatMap(environment => {
    const values = [...new Set(valuesIn(name as Variable, environment))]
    return values.length > 0 ? [`- ${code(environment.name)}: ${values.map(code).join(', ')}`] : []
  })
  const shown = rows.length > most ? [...rows.slice(0, most), `- and ${rows.length - most} more`] : rows
  const images = name === 'image' ? (progression?.images.items ?? []).map(image => `- ${code(image.name)}`) : []
  return [title, variables[name as Variable], [...shown, ...images].join('\n')].filter(part => part !== '').join('\n\n')
}

function valuesIn(name: Variable, {name: environment, targets}: Environment): readonly string[] {
  if (name === 'environment') return [environment]
  return targets.items.flatMap(target => {
    if (name === 'target') return [target.name]
    if (name !== 'namespace' && name !== 'cluster') return []
    return knownValue(target[name]) ?? []
  })
}
