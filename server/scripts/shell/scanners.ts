import {type Command, hasOption, lastOf, optionsOf} from './command.ts'
import {textOf, type Value} from './value.ts'

/** A program that measures or scans, and whether what it finds can make it fail. */
export type JudgeCall = {
  readonly tool: string
  readonly kind: 'scan' | 'load'
  /** Undefined where that stands in a file that is not read here. */
  readonly canFail: boolean | undefined
  /** What would make it fail. */
  readonly way: string
  /** What a load test asks for. */
  readonly urls?: readonly Value[]
}

const sure = (command: Command, is: boolean): boolean | undefined => (is ? true : command.isOpen ? undefined : false)

/** Whether an option gives a number other than 0; undefined where that number is not known. */
function nonzero(command: Command, names: readonly string[], valued: string): boolean | undefined {
  const options = optionsOf(command, new Set(valued.split(' ')))
  const value = lastOf(options, ...names)
  if (!value) return sure(command, false)
  const text = textOf(value)
  return text === undefined ? undefined : text !== '0'
}

const trivyValued =
  'exit-code severity s f format o output c config cache-dir ignorefile timeout scanners vuln-type pkg-types ignore-policy template t platform input skip-dirs skip-files db-repository server token username password policy data namespaces'

/** Scanners by name; trivy, grype and docker scout end with 0 whatever they find, unless they are told otherwise. */
const scanners: Readonly<Record<string, (command: Command) => JudgeCall | undefined>> = {
  trivy(command) {
    const verb = textOf(optionsOf(command, new Set(trivyValued.split(' '))).rest[0] ?? [])
    if (!verb || !/^(image|i|filesystem|fs|rootfs|repository|repo|config|sbom|kubernetes|k8s|vm)$/.test(verb)) return undefined
    const options = optionsOf(command, new Set(trivyValued.split(' ')))
    const canFail = hasOption(options, 'c', 'config') && !options.given.has('exit-code') ? undefined : nonzero(command, ['exit-code'], trivyValued)
    return {tool: 'trivy', kind: 'scan', canFail, way: '--exit-code 1'}
  },
  grype(command) {
    const options = optionsOf(command, new Set('f fail-on o output c config file scope platform only-fixed exclude'.split(' ')))
    if (options.rest.length === 0 || /^(db|version|config|explain|completion)$/.test(textOf(options.rest[0] ?? []) ?? '')) return undefined
    const canFail = hasOption(options, 'f', 'fail-on') ? true : hasOption(options, 'c', 'config') ? undefined : sure(command, false)
    return {tool: 'grype', kind: 'scan', canFail, way: '--fail-on high'}
  },
  docker(command) {
    const [first, second] = command.arguments.map(textOf)
    if (first !== 'scout' || second !== 'cves') return undefined
    const options = optionsOf(command, new Set('format only-severity output o platform ref type'.split(' ')))
    return {tool: 'docker scout', kind: 'scan', canFail: sure(command, hasOption(options, 'e', 'exit-code')), way: '--exit-code'}
  },
  snyk(command) {
    const [verb, second] = command.arguments.map(textOf)
    const isMonitor = verb === 'monitor' || (verb === 'container' && second === 'monitor')
    return verb === undefined ? undefined : {tool: 'snyk', kind: 'scan', canFail: !isMonitor, way: 'snyk container test'}
  },
  checkov: command => soft(command, 'checkov'),
  tfsec: command => soft(command, 'tfsec'),
}

function soft(command: Command, tool: string): JudgeCall {
  const options = optionsOf(
    command,
    new Set(['f', 'file', 'd', 'directory', 'o', 'output', 'config-file', 'soft-fail-on', 'hard-fail-on', 'check', 'skip-check']),
  )
  const isSoft = tool === 'checkov' ? hasOption(options, 's', 'soft-fail') : hasOption(options, 's', 'soft-fail')
  return {tool, kind: 'scan', canFail: isSoft ? false : command.isOpen || options.given.has('config-file') ? undefined : true, way: `no --soft-fail`}
}

/** Programs that send requests and print what they measured; none of them ends with another status because it was slow. */
const measures: ReadonlySet<string> = new Set(['hey', 'wrk', 'wrk2', 'ab', 'bombardier', 'oha', 'autocannon', 'siege', 'fortio', 'vegeta'])

/** `configured` names the scanners that a file of their own tells when to fail. */
export function judgeCallOf(command: Command, configured: ReadonlySet<string>): JudgeCall | undefined {
  const {name, arguments: all} = command
  const scanner = Object.hasOwn(scanners, name) ? scanners[name] : undefined
  if (scanner) {
    const call = scanner(command)
    return call?.canFail === false && configured.has(name) ? {...call, canFail: undefined} : call
  }
  if (measures.has(name)) return {tool: name, kind: 'load', canFail: false, way: 'k6 with thresholds', urls: all.filter(isAddress)}
  if (name === 'k6' && all.some(value => textOf(value) === 'run')) {
    const ignores = all.some(value => textOf(value) === '--no-thresholds')
    return {tool: 'k6', kind: 'load', canFail: ignores ? false : undefined, way: 'thresholds'}
  }
  return undefined
}

const isAddress = ([first]: Value): boolean => typeof first === 'string' && /^https?:\/\//.test(first)
