import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, test} from 'node:test'
import {Recorder} from '../../server/scripts/shell/recorder.ts'
import {Run} from '../../server/scripts/shell/run.ts'
import {firstState} from '../../server/scripts/shell/state.ts'
import {Random} from '../document/random.ts'
import {grammar} from './grammar.ts'

const folder = mkdtempSync(join(tmpdir(), 'bash-'))
after(() => rmSync(folder, {recursive: true, force: true}))
const hasBash = spawnSync('bash', ['--version']).status === 0

/** A curl to which nothing answers, and one to which everything is a 500: what the scenarios of these names suppose. */
const curls = {
  refused: `case "$*" in *http_code*) printf 000;; esac\nexit 7\n`,
  broken: `case "$*" in *-f*) exit 22;; *http_code*) printf 500;; *) printf '<h1>no</h1>';; esac\n`,
} as const

function writeCurl(scenario: keyof typeof curls): void {
  writeFileSync(join(folder, 'curl'), `#!/bin/sh\n${curls[scenario]}`)
  chmodSync(join(folder, 'curl'), 0o755)
}

/** Writes scripts of everything that decides about a status. */
class Author {
  readonly #random: Random
  #functions = 0

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  script(): string {
    const head = this.#random.of(['', 'set -e\n', 'set -euo pipefail\n', 'set -o pipefail\n'])
    return `${head}A=\nB=2\nC=\nD=\n${this.#list(4, false)}\n`
  }

  #list(depth: number, inLoop: boolean): string {
    return Array.from({length: 1 + this.#random.below(3)}, () => this.#statement(depth, inLoop)).join('\n')
  }

  #statement(depth: number, inLoop: boolean): string {
    if (depth === 0 || this.#random.chance(0.3)) return this.#simple(inLoop)
    const inner = (): string => this.#list(depth - 1, inLoop)
    switch (this.#random.of(['and', 'or', 'if', 'else', 'for', 'group', 'subshell', 'not', 'pipe', 'case', 'function', 'test', 'switch'])) {
      case 'and':
        return `${this.#simple(inLoop)} && ${this.#simple(inLoop)}`
      case 'or':
        return `${this.#simple(inLoop)} || ${this.#simple(inLoop)}`
      case 'if':
        return `if ${this.#simple(false)}; then\n${inner()}\nfi`
      case 'else':
        return `if ${this.#condition()}; then\n${inner()}\nelse\n${inner()}\nfi`
      case 'for':
        return `for i in 1 2; do\n${this.#list(depth - 1, true)}\ndone`
      case 'group':
        return `{ ${inner()}\n} ${this.#random.of(['', '|| true', '&& echo then', '> /dev/null'])}`
      case 'subshell':
        return `( ${this.#list(depth - 1, false)}\n)`
      case 'not':
        return `! ${this.#simple(false)}`
      case 'pipe':
        return `${this.#random.of(['curl -f x', 'echo a', 'false'])} | ${this.#random.of(['cat', 'tee /dev/null', 'grep -q a', 'wc -l'])}`
      case 'case':
        return `case "$${this.#random.of(['A', 'B', 'C'])}" in\n2|3) ${this.#simple(inLoop)} ;;\n*) ${this.#simple(inLoop)} ;;\nesac`
      case 'function': {
        const name = `f${this.#functions++}`
        return `${name}() {\n${this.#list(depth - 1, false)}\n${this.#random.of(['', 'return 3', 'local L=$(curl -f x)'])}\n}\n${name}${this.#random.of(['', ' || true', ' && echo then'])}`
      }
      case 'test':
        return `${this.#condition()} ${this.#random.of(['|| exit 1', '&& echo yes', '|| true', ''])}`
      default:
        return this.#random.of(['set -e', 'set +e', 'set -o pipefail', 'set +o pipefail'])
    }
  }

  #condition(): string {
    return this.#random.of([
      '[ "$A" = "" ]',
      '[ -n "$A" ]',
      '[[ $B == 2* ]]',
      '[ "$B" -gt 1 ]',
      'test -z "$A"',
      '[ "${C:-x}" = x ]',
      '(( B > 3 ))',
      '[ $? -eq 0 ]',
      '[[ -z $A && $B -eq 2 ]]',
      'curl -f x',
      '! curl -s x',
    ])
  }

  #simple(inLoop: boolean): string {
    return this.#random.of([
      'curl -f x',
      'curl -s x',
      'true',
      'false',
      'echo a',
      'A=$(curl -f x)',
      'A=$(curl -s -o /dev/null -w "%{http_code}" x)',
      'A=$(echo b | cat)',
      'export D=$(curl -f x)',
      'B=$((B + 1))',
      'C=$?',
      '[ "$A" = 500 ]',
      'echo "$A" | grep -q 5',
      ...(inLoop ? ['break', 'continue'] : ['exit 0', 'exit 4', 'exit $?']),
    ])
  }
}

/** How bash ends each of some scripts, all of them in one go. */
function statuses(texts: readonly string[]): readonly number[] {
  for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}.sh`), text)
  const each = `for script in $(seq 0 ${texts.length - 1}); do bash "$script.sh" > /dev/null 2>&1 < /dev/null; echo $?; done`
  const {stdout} = spawnSync('bash', ['-c', each], {cwd: folder, env: {PATH: `${folder}:${process.env.PATH}`}, encoding: 'utf8'})
  return stdout.trim().split('\n').map(Number)
}

test('a script ends as bash ends it', {skip: hasBash ? false : 'bash is not there'}, async () => {
  const texts = Array.from({length: 200}, (_, index) => new Author(index + 1).script())
  let decided = 0
  for (const scenario of ['refused', 'broken'] as const) {
    writeCurl(scenario)
    const found = statuses(texts)
    assert.equal(found.length, texts.length)
    for (const [index, text] of texts.entries()) {
      const program = await grammar.parse(text)
      assert.ok(program, `this parses:\n${text}`)
      const state = firstState({arguments: [], variables: new Map(), errexit: false, pipefail: false})
      const ends = new Run(scenario, new Recorder()).program(program, state)
      assert.ok(ends, 'it can be followed')
      assert.ok(found[index] === 0 ? ends.good : ends.bad, `bash ends with ${found[index]} when curl is ${scenario} (seed ${index + 1}):\n${text}`)
      if (!ends.good || !ends.bad) decided++
    }
  }
  // A reading that knows nothing would be right about everything.
  assert.ok(decided > texts.length * 2 * 0.8, `only ${decided} of ${texts.length * 2} are decided`)
})
