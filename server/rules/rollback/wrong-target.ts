import {knownValue} from '../../model/fact.ts'
import {nearest} from '../../model/nearest.ts'
import type {Environment, Progression} from '../../model/progression.ts'
import type {ScriptRollback} from '../../model/script.ts'
import {renderedTargets} from '../manifests.ts'
import {defineRule, type Report} from '../rule.ts'
import {inLine, reportPiece, type ScriptUse, scriptsOf, subjectOf} from '../scripts.ts'

/** A script that goes back, but with something else than what was just released. */
export const rollbackWrongTarget = defineRule({
  title: 'Rollback goes back with something else',
  level: 'warning',
  needs: 'manifests',
  check(progression, report) {
    for (const use of scriptsOf(progression, ['smoke', 'load', 'migrate', 'scan']))
      for (const rollback of use.script.rollbacks) {
        const message = wrongNamespace(use, rollback, progression) ?? wrongCluster(use, rollback, progression) ?? wrongName(use, rollback)
        if (message) say(use, rollback, message, report)
      }
  },
})

function say(use: ScriptUse, rollback: ScriptRollback, message: string, report: Report): void {
  const command = rollback.tool === 'helm' ? 'helm rollback' : 'kubectl rollout undo'
  reportPiece(report, use, rollback, `${subjectOf(use)} goes back with something else: ${command}${inLine(rollback)} ${message}`, {words: 'The rollback.'})
}

const namespacesOf = ({targets}: Environment): ReadonlySet<string> | undefined => {
  const names = targets.items.map(({namespace}) => knownValue(namespace))
  return targets.open.length > 0 || names.some(name => name === undefined) || names.length === 0 ? undefined : new Set(names.filter(name => name !== undefined))
}

function wrongNamespace({environment}: ScriptUse, {namespace}: ScriptRollback, {environments}: Progression): string | undefined {
  const own = namespacesOf(environment)
  if (namespace === undefined || !own || own.has(namespace)) return undefined
  const other = environments.items.find(one => one !== environment && namespacesOf(one)?.has(namespace))
  const whose = other ? `, where ${other.name} lives` : ''
  return `speaks of the namespace ${namespace}${whose}, and ${environment.name} lives in ${[...own].join(' and ')}. Write -n \${namespace}.`
}

function wrongCluster({environment}: ScriptUse, {context}: ScriptRollback, {clusters}: Progression): string | undefined {
  if (context === undefined || clusters.open.length > 0) return undefined
  const contextOf = (name: string): string | undefined =>
    knownValue(clusters.items.find(one => one.name === name)?.context ?? {state: 'absent', at: environment.at})
  const own = environment.targets.items.map(({cluster}) => knownValue(cluster))
  if (environment.targets.open.length > 0 || own.length === 0 || own.some(name => name === undefined || contextOf(name) === undefined)) return undefined
  const other = clusters.items.find(one => knownValue(one.context) === context)
  if (!other || own.includes(other.name) || own.some(name => name !== undefined && contextOf(name) === context)) return undefined
  return `speaks of the context ${context}, which is ${other.name}, and ${environment.name} is in ${own.join(' and ')}.`
}

const undone: Readonly<Record<string, string>> = {deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet'}

function wrongName({environment}: ScriptUse, {kind, name}: ScriptRollback): string | undefined {
  const wanted = kind === undefined ? undefined : undone[kind]
  const rendered = renderedTargets(environment)
  if (!wanted || name === undefined || rendered.state !== 'known') return undefined
  const names = [...new Set(rendered.value.flatMap(({manifests}) => manifests.flatMap(({object}) => (object.kind === wanted ? object.metadata.name : []))))]
  if (names.length === 0 || names.includes(name)) return undefined
  // `namePrefix` and `nameSuffix` of Kustomize are why a name is nearly right.
  const meant = names.find(one => one.endsWith(`-${name}`) || one.startsWith(`${name}-`)) ?? nearest(name, names)
  return `speaks of the ${wanted} ${name}, and ${environment.name} has ${meant === undefined ? `only ${names.slice(0, 4).join(', ')}` : meant}. It ends with "not found" and goes back with nothing.`
}
