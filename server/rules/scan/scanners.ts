import {type Call, isCalled, option, valueBehind} from '../commands.ts'

/** A program that looks for known holes, and when its exit code says that it found some. From each program's own help. */
type Scanner = {
  readonly program: string
  readonly words?: readonly string[]
  /** Why nothing it finds can stop a release, and what to write; undefined where something can. */
  blind(call: Call): Blind | undefined
}

/** `add` are the arguments that are missing, as YAML with blanks between. */
type Blind = {readonly why: string; readonly instead: string; readonly add?: string}

/** Some programs say nothing of what they found in their exit code unless they are told to. */
const untilTold = (program: string, words: readonly string[], names: readonly string[], add: string): Scanner => ({
  program,
  words,
  blind(call) {
    // Its own configuration may tell it to.
    if (option(call, '--config', '-c')) return undefined
    const value = valueBehind(call, ...names)
    const instead = `Add ${add.replaceAll(' ', ', ')}`
    if (value === undefined && !option(call, ...names)) return {why: `${program} ends well whatever it finds`, instead, add}
    return value === '0' ? {why: `with ${names[0]} 0 ${program} ends well whatever it finds`, instead: `Write ${add.replaceAll(' ', ', ')}`} : undefined
  },
})

/** Others do, unless they are told not to. */
const unlessTold = (program: string, names: readonly string[], isOff: (value: string | undefined) => boolean = () => true): Scanner => ({
  program,
  blind(call) {
    const word = option(call, ...names)
    if (!word || !isOff(valueBehind(call, ...names))) return undefined
    return {why: `with ${word.text} ${program} ends well whatever it finds`, instead: `Leave ${word.text} out`}
  },
})

const scanners: readonly Scanner[] = [
  untilTold('trivy', [], ['--exit-code'], "--exit-code '1'"),
  untilTold('grype', [], ['--fail-on', '-f'], '--fail-on high'),
  untilTold('docker', ['scout', 'cves'], ['--exit-code', '-e'], '--exit-code'),
  untilTold('semgrep', ['scan'], ['--error'], '--error'),
  unlessTold('checkov', ['--soft-fail', '-s']),
  unlessTold('gitleaks', ['--exit-code'], value => value === '0'),
  {program: 'snyk', blind: () => undefined},
  {program: 'osv-scanner', blind: () => undefined},
  {
    program: 'syft',
    blind: () => ({why: 'syft lists what is inside an image and judges none of it', instead: 'Give its list to grype, with --fail-on'}),
  },
]

/** The scanner a command starts, if it is one that is known. */
export const scannerOf = (call: Call): Scanner | undefined => scanners.find(({program, words = []}) => program === call.program && isCalled(call, ...words))
