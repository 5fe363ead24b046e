import type {Code} from '../../../server/rules/index.ts'

/** What a rule finds, in a file of this folder. */
export type Found = {readonly number: number; readonly words: string; readonly code: Code; readonly fixture: string}

/** What no rule says, and why. */
export type Left = {
  readonly number: number
  readonly words: string
  readonly left: 'not decidable from files' | 'in another format' | 'without a rule' | 'not a mistake'
  readonly because: string
}

/**
 * The mistakes in the snippets of the Adaptive Enforcement Lab's article "Environment Progression" and the pages around it, by number.
 * Those that may stand in a progression or in a file it points to have a fixture with the mistake and its correction.
 */
export const defects: readonly (Found | Left)[] = [
  {number: 1, words: 'A gate passes whatever Prometheus answers', code: 'smoke/cannot-fail', fixture: '01-gate-always-passes'},
  {number: 2, words: 'Errors a second are called a rate of errors', code: 'gate/not-a-ratio', fixture: '02-errors-a-second'},
  {number: 2, words: 'A share is judged however little traffic there is', code: 'gate/no-traffic-floor', fixture: '02-no-traffic'},
  {number: 3, words: 'A rollback asks for a revision that is not there', code: 'rollback/wrong-revision', fixture: '03-revision-that-is-not-there'},
  {number: 4, words: 'A smoke test asks before the rollout is complete', code: 'smoke/before-rollout', fixture: '04-smoke-before-rollout'},
  {number: 5, words: 'A rollback hangs on the smoke test alone', code: 'rollback/never-runs', fixture: '05-only-after-smoke'},
  {
    number: 5,
    words: 'A workflow step undoes one Deployment, and waits for nothing',
    left: 'in another format',
    because: 'It is a step of a GitHub workflow. A rollback of a progression takes back every object, waits, and has a time budget.',
  },
  {number: 6, words: 'A load test has checks and no thresholds', code: 'load/no-threshold', fixture: '06-checks-without-thresholds'},
  {number: 6, words: 'A load test only asks for health', code: 'load/health-only', fixture: '06-load-on-health'},
  {number: 7, words: 'An automated sync is called manual approval', code: 'approval/automatic-production', fixture: '07-automated-is-no-approval'},
  {
    number: 7,
    words: 'syncOptions stand outside of syncPolicy',
    left: 'in another format',
    because: 'It is a key of an Argo CD Application, whose schema says so.',
  },
  {number: 8, words: 'selfHeal undoes a rollback', code: 'rollback/gitops-reverts', fixture: '08-self-heal-undoes-rollback'},
  {
    number: 9,
    words: 'A NetworkPolicy lists Egress and allows none, and lets only production in',
    left: 'without a rule',
    because: 'network/blocks-dns and network/blocks-ingress are codes without a rule in this version.',
  },
  {number: 10, words: 'bases has a successor', code: 'config/deprecated', fixture: '10-bases'},
  {number: 10, words: 'namePrefix gives a Deployment another name than its rollback', code: 'rollback/wrong-target', fixture: '10-name-prefix'},
  {number: 11, words: 'What runs as latest in dev is not what production gets', code: 'image/mutable-tag', fixture: '11-latest'},
  {
    number: 11,
    words: 'A workflow deploys one folder everywhere, and no overlay',
    left: 'in another format',
    because: 'It is a step of a GitHub workflow. The manifests of a progression are those that it names.',
  },
  {number: 12, words: 'A smoke test writes in production', code: 'smoke/writes-in-production', fixture: '12-writes-in-production'},
  {number: 12, words: 'A request has no limit in time', code: 'smoke/no-timeout', fixture: '12-no-timeout'},
  {number: 12, words: 'A rollback of the code leaves a migration behind', code: 'rollback/irreversible-migration', fixture: '12-irreversible-migration'},
  {
    number: 12,
    words: 'Addresses are those of an example',
    left: 'not a mistake',
    because: 'An address is as good as the person who writes it; nothing in a file says which one is meant.',
  },
  {
    number: 12,
    words: 'A migration runs in whatever pod answers',
    left: 'in another format',
    because: 'It is a step of a GitHub workflow. migrate: takes a Job.',
  },
  {
    number: 13,
    words: 'Approval stands in the settings of GitHub',
    left: 'not decidable from files',
    because: 'The protection rules of an environment are only told by the API: GET /repos/{owner}/{repo}/environments/{name}.',
  },
  {number: 14, words: 'Quality gates are drawn and are not there', code: 'gate/missing', fixture: '14-no-gate'},
]

export const found: readonly Found[] = defects.filter(one => 'fixture' in one)
