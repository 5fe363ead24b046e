import assert from 'node:assert/strict'
import {test} from 'node:test'
import {readK6} from '../../server/scripts/k6/read.ts'
import {readShell} from '../../server/scripts/shell/read.ts'
import {Random} from '../document/random.ts'
import {grammar, start} from './grammar.ts'

const shell = `#!/usr/bin/env bash
set -euo pipefail
URL="\${1:-https://a}" ; declare -a OPTIONS=(-s --max-time 5)
ask() { local answer; answer=$(curl "\${OPTIONS[@]}" "$URL$1" | jq -er '.a["b"][0]') || return 1; echo "$answer"; }
for path in /healthz "/api/\${VERSION%.*}"; do ask "$path" && break; done
case "$(curl -s -o /dev/null -w '%{http_code}' $URL)" in 2*|304) ;; *) exit 1 ;; esac
if [[ ! $A =~ ^[0-9]+$ && ( -n $B || $C -gt 3 ) ]]; then kubectl rollout undo deploy/a --to-revision=$(( $(kubectl rollout history deploy/a | wc -l) - 3 )); fi
while read -r line; do (( n++ )); (( n > 3 )) && exit $?; done <<EOF
$A
EOF
! cat <<'X' | grep -q "$(date)" 2>&1 || { echo bad >&2; exit 1; } & wait
x
X
`
const k6 = `import http from 'k6/http'
const limits = {checks: ['rate>0.9', {threshold: \`p(95)<\${5 * 100}\`, abortOnFail: true}]}
export const options = {...base, thresholds: limits}
export function setup() { if (!http.get('a').ok) throw new Error('b') }
export default function () { http.batch([['GET', base + '/x'], http.url\`\${base}/y\`]); check(http.post(url, {}), {ok: r => r.status === 200}) }
`

const signs = [
  '"',
  "'",
  '`',
  '$',
  '$(',
  '${',
  ')',
  '}',
  '{',
  '((',
  '))',
  '|',
  '||',
  '&&',
  '&',
  ';',
  ';;',
  '<<EOF',
  '[[',
  ']',
  '!',
  '\\',
  '\n',
  '#',
  '=',
  '-',
  'if',
  'fi',
  'do',
  'done',
  'esac',
  '\u{1f600}',
  '\ud800',
]

/** The text with pieces taken out, put in, or cut off at the end. */
function mutated(text: string, random: Random): string {
  let changed = text
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(changed.length + 1)
    const end = at + (random.chance(0.5) ? random.below(20) : 0)
    changed = changed.slice(0, at) + (random.chance(0.7) ? random.of(signs) : '') + changed.slice(end)
  }
  return random.chance(0.3) ? changed.slice(0, random.below(changed.length + 1)) : changed
}

test('half-typed shell scripts are read as far as they parse, and break nothing', async () => {
  const random = new Random(1)
  let read = 0
  for (let round = 0; round < 1500; round++) {
    const program = await grammar.parse(mutated(shell, random))
    if (!program) continue
    readShell(program, start({usesShebang: round % 2 === 0}))
    read++
  }
  assert.ok(read > 50, `only ${read} parse`)
})

test('every beginning of a script is read', async () => {
  for (let end = 0; end <= shell.length; end++) {
    const program = await grammar.parse(shell.slice(0, end))
    if (program) readShell(program, start())
  }
})

test('half-typed k6 scripts are read as far as they parse, and break nothing', async () => {
  const random = new Random(2)
  let read = 0
  for (let round = 0; round < 1500; round++) if (await readK6(mutated(k6, random))) read++
  assert.ok(read > 50, `only ${read} parse`)
})
