import assert from 'node:assert/strict'
import {test} from 'node:test'
import {textOf} from '../../server/scripts/shell/value.ts'
import {follow, grammar} from './grammar.ts'

/** One test a table: script → what is expected of it. */
function table<T>(title: string, judge: (text: string) => Promise<T>, rows: readonly (readonly [string, T])[]): void {
  test(title, async () => {
    for (const [text, expected] of rows) assert.deepEqual(await judge(text), expected, text)
  })
}

const passes = async (text: string): Promise<string> => (await follow(text)).passes.map(({scenario}) => scenario).join(' ')

table('troubles that a script does not notice', passes, [
  ['curl -f x', ''],
  ['curl x', 'broken'],
  ['curl -s x > /dev/null', 'broken'],
  ['curl -sSfL x', ''],
  ['curl --fail-with-body x', ''],
  ['curl -K options x', ''],
  ['curl $OPTIONS x', ''],
  ['curl "$URL"', 'broken'],
  ['curl "${OPTIONS[@]}" x', ''],
  ['OPTIONS=(-s --fail); curl "${OPTIONS[@]}" x', ''],
  ['OPTIONS=(-s); curl "${OPTIONS[@]}" x', 'broken'],
  ['curl $URL', 'broken'],
  ['timeout 5 curl x', 'broken'],
  ['time curl -f x || true', 'refused broken'],
  ['wget -q -O- x', ''],
  ['http x', 'broken'],
  ['http --check-status x', ''],
  ['curl x | grep ok', ''],
  ['curl x | jq -e .ok', ''],
  ['set -e; curl -f x | jq .', 'refused broken'],
  ['set -eo pipefail; curl -f x | jq .', ''],
  ['curl -f x &', 'refused broken'],
  ['curl -f x & wait $!', ''],
  ['for host in a b; do curl -f $host; done', ''],
  ['for host in a b; do curl -f $host; done; exit 0', 'refused broken'],
  ['curl -f x; exit $?', ''],
  ['if curl -f x; then echo up; else echo down; fi', 'refused broken'],
  ['if ! curl -f x; then exit 1; fi', ''],
  ['curl -f x && echo up || echo down', 'refused broken'],
  ['curl -f x || { echo down; exit 1; }', ''],
  ['curl -f x || exit', ''],
  ['cat <<EOF\nx\nEOF\ncurl -f x', ''],
  ['curl -f x <<EOF || true\nbody\nEOF', 'refused broken'],
  ['command -v jq || exit 1; curl -s x', 'broken'],
  ['[ -n "$1" ] || exit 1; curl -s x', ''],
  ['[ $# -gt 0 ] || set -- x; curl -f "$1" || true', 'refused broken'],
  ['f() { shift; [ "$1" = b ] || exit 1; }; f a b; curl -s x', 'broken'],
  ['while [ $# -gt 0 ]; do case "$1" in -q) shift ;; *) exit 1 ;; esac; done; curl -s x', 'broken'],
  ['[ -f .env ] || exit 1; curl -s x', 'broken'],
  ['test "$(curl -s -o /dev/null -w "%{http_code}" x)" = 200', ''],
  ['[[ $(curl -s -o /dev/null -w "%{http_code}" x) == 2* ]] || echo bad', 'refused broken'],
  ['case $(curl -s -o /dev/null -w "%{http_code}" x) in 2*) ;; *) exit 1 ;; esac', ''],
  ['case $(curl -s -o /dev/null -w "%{http_code}" x) in 5*) echo bad ;; esac', 'refused broken'],
  ['ask() { curl -f "$1"; }; ask x || true', 'refused broken'],
  ['ask() { curl -f "$1"; return; }; ask x', ''],
  ['unknown-tool', ''],
  ['unknown-tool || true', 'refused findings slow'],
  ['. ./functions.sh; ask || true', ''],
  ['eval "$TEST" || true', ''],
  ['exec curl -f x', ''],
  ['trap "rm -f answer" EXIT; curl x', 'broken'],
  ['trap finish EXIT; curl x', 'broken'],
  ['trap finish EXIT; curl x; finish() { rm -f answer; exit 1; }', ''],
  ['finish() { rm -f answer; }; trap finish EXIT; curl x', 'broken'],
  ['trap "exit 1" EXIT; curl x', ''],
  ['trap "$CLEANUP" EXIT; curl x', ''],
  ['while true; do curl -f x && break; sleep 1; done', ''],
  ['n=0; while [ $n -lt 3 ]; do curl -f x && exit; n=$((n + 1)); done', 'refused broken'],
  ['n=0; while [ $n -lt 3 ]; do curl -f x && exit; n=$((n + 1)); done; exit 1', ''],
])

table('a script that certainly fails when nothing answers', async text => (await follow(text)).notices, [
  ['curl -f x', true],
  ['curl x', true],
  ['set -e\ncurl x\nunknown-tool', true],
  ['curl x\nunknown-tool', false],
  ['unknown-tool && curl x', true],
  ['unknown-tool || curl x', false],
])

table(
  'the addresses that are asked, as far as they are known',
  async text => (await follow(text, 'https://a')).requests.map(({call}) => call.urls.map(textOf)),
  [
    ['curl -H "a: b" -o out https://x/y', [['https://x/y']]],
    ['curl --url=https://x', [['https://x']]],
    ['curl "$1/healthz" ${2:-https://b}', [['https://a/healthz', 'https://b']]],
    ['BASE=${BASE_URL:-https://c}\ncurl -f "$BASE/x"', [['https://c/x']]],
    ['H=(-H a --max-time 5); curl "${H[@]}" https://x', [['https://x']]],
    ['for path in /a /b; do curl "$1$path"; done', [[undefined]]],
    ['curl $(cat url)', [[undefined]]],
  ],
)

table('methods and limits', async text => (await follow(text)).requests.map(({call}) => [call.method, call.isLimited]), [
  ['curl x', [['GET', false]]],
  ['curl -m 5 -d a=b x', [['POST', true]]],
  ['curl -XPUT x', [['PUT', false]]],
  ['curl --request=delete x', [['DELETE', false]]],
  ['curl -G -d a=b x', [['GET', false]]],
  ['curl -I x', [['HEAD', false]]],
  ['curl --json {} x', [['POST', false]]],
  ['curl -T file x', [['PUT', false]]],
  ['timeout 5 curl x', [['GET', true]]],
  ['wget --method=PATCH --timeout=5 x', [['PATCH', true]]],
  ['http POST x a=b', [['POST', true]]],
  ['http x a=b', [['POST', true]]],
  ['curl $OPTIONS x', [[undefined, undefined]]],
])

table(
  'rollbacks, with what they go back to',
  async text =>
    (await follow(text, '2')).rollbacks.map(({call}) => [
      call.kind,
      textOf(call.name),
      call.namespace && textOf(call.namespace),
      call.revision && (textOf(call.revision) ?? JSON.stringify(call.revision)),
    ]),
  [
    ['kubectl rollout undo deploy/api -n a', [['deployment', 'api', 'a', undefined]]],
    ['kubectl -n a rollout undo deployments.apps api', [['deployment', 'api', 'a', undefined]]],
    ['kubectl --namespace=a rollout undo sts/db --to-revision 3', [['statefulset', 'db', 'a', '3']]],
    ['kubectl rollout undo deploy/$NAME --to-revision="$1"', [['deployment', undefined, undefined, '2']]],
    ['kubectl rollout undo deploy/api --dry-run=client', []],
    ['helm rollback api 4 --namespace a', [[undefined, 'api', 'a', '4']]],
    ['helm rollback api', [[undefined, 'api', undefined, undefined]]],
    [
      'kubectl rollout undo deploy/api --to-revision=$(($(kubectl rollout history deploy/api | wc -l) - $1))',
      [['deployment', 'api', undefined, '[{"origin":{"kind":"history-lines","tool":"kubectl","minus":2}}]']],
    ],
    ['kubectl rollout undo deploy/api --to-revision=$(kubectl rollout history deploy/api | grep -c . )', [['deployment', 'api', undefined, '[{}]']]],
  ],
)

test('what does not parse is not read, and neither is what nobody wrote by hand', async () => {
  assert.equal(await grammar.parse('if then ('), undefined)
  assert.equal(await grammar.parse('#'.repeat(100_000)), undefined)
  assert.equal(await grammar.parse('( '.repeat(5000) + ' )'.repeat(5000)), undefined)
})

test('a script that never ends, or that calls itself, is given up', async () => {
  for (const text of ['f() { f; }; f; curl x', 'f() { f; f; }; f']) {
    assert.deepEqual((await follow(text)).passes, [], text)
  }
})
