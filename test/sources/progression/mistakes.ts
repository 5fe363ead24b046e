/**
 * A snippet with a mistake and what is said about it. Lines that begin with a blank are keys of the environment staging, others
 * are keys of the document; what every progression has is added. `at` is the path with dots.
 */
export type Mistake = {
  readonly text: string
  readonly message: string
  readonly at: string
  readonly code?: 'config/schema' | 'config/unknown-key' | 'config/misplaced-key'
  readonly target?: 'key' | 'value'
  readonly suggestion?: string
}

const unknown = (text: string, at: string, message: string, suggestion?: string): Mistake => ({
  text,
  at,
  message,
  suggestion,
  code: 'config/unknown-key',
  target: 'key',
})
const misplaced = (text: string, at: string, message: string): Mistake => ({text, at, message, code: 'config/misplaced-key', target: 'key'})
const wrong = (text: string, at: string, message: string, suggestion?: string): Mistake => ({text, at, message, suggestion})
const missing = (text: string, at: string, message: string): Mistake => ({text, at, message, target: 'key'})

export const mistakes: readonly Mistake[] = [
  unknown('enviroments: [{name: dev}]', 'enviroments', 'enviroments is not a key of a progression. Did you mean environments?', 'environments'),
  unknown('envs: [{name: dev}]', 'envs', 'envs is not a key of a progression. Did you mean environments?', 'environments'),
  unknown(' smok: {}', 'environments.0.smok', 'smok is not a key of an environment. Did you mean smoke?', 'smoke'),
  unknown(' needs: [dev]', 'environments.0.needs', 'needs is not a key of an environment. Did you mean after?', 'after'),
  unknown(' replicas: 3', 'environments.0.replicas', 'replicas is not a key of an environment.'),
  unknown(' smoke: {timout: 60s}', 'environments.0.smoke.timout', 'timout is not a key of smoke. Did you mean timeout?', 'timeout'),
  unknown(
    ' gates: [{latency: {on-no-data: skip}}]',
    'environments.0.gates.0.latency.on-no-data',
    'on-no-data is not a key of a gate. Did you mean onNoData?',
    'onNoData',
  ),
  unknown('gates: {e: {query: a, threshold: 1}}', 'gates.e.threshold', 'threshold is not a key of a gate. Did you mean max?', 'max'),
  unknown('clusters: {a: {kubeconfig: b}}', 'clusters.a.kubeconfig', 'kubeconfig is not a key of a cluster. It takes context and uid.'),
  unknown(' approval: {timeout: 1h}', 'environments.0.approval.timeout', 'timeout is not a key of approval. Did you mean expires?', 'expires'),
  unknown(' runner: {job: {imagee: x}}', 'environments.0.runner.job.imagee', "imagee is not a key of the runner's job. Did you mean image?", 'image'),
  unknown('manifests: {path: k8s}', 'manifests.path', 'path is not a key of manifests. Did you mean directory?', 'directory'),
  unknown(
    'gates: {error rate: {query: a}}',
    'gates.error rate',
    'error rate is not a name of letters, digits, hyphens, underscores and dots. Write error-rate.',
    'error-rate',
  ),
  unknown(
    'rules: {rollback/mising: off}',
    'rules.rollback/mising',
    'rollback/mising is not the code of a rule. Did you mean rollback/missing?',
    'rollback/missing',
  ),
  unknown('rules: {nothing: off}', 'rules.nothing', 'nothing is not the code of a rule.'),

  misplaced('clusters: {a: {namespace: x}}', 'clusters.a.namespace', 'namespace belongs under state, an environment or a target, not under a cluster.'),
  misplaced(' clusters: {a: {}}', 'environments.0.clusters', 'clusters belongs at the top level, not under an environment.'),
  misplaced('soak: 30m', 'soak', 'soak belongs under an environment, waves or a lane, not at the top level.'),
  misplaced(' within: 60s', 'environments.0.within', 'within belongs under rollback, not under an environment.'),
  misplaced(' onNoData: skip', 'environments.0.onNoData', 'onNoData belongs under a gate, not under an environment.'),
  misplaced('lanes: {hotfix: {through: [dev], load: {}}}', 'lanes.hotfix.load', 'load belongs under an environment, not under a lane.'),
  misplaced(
    'defaults: {name: dev}',
    'defaults.name',
    'name belongs at the top level or under an environment, a target or an allowed difference, not under defaults.',
  ),
  misplaced(
    'clusters:\n  nonprod: {}\n  context: nonprod',
    'clusters.context',
    'context belongs under a cluster, one level below clusters. Indent it further.',
  ),
  misplaced(
    ' gates:\n   - latency:\n     max: 800ms',
    'environments.0.gates.0.max',
    'max belongs under a gate, one level below staging.gates[0]. Indent it further.',
  ),

  missing('x-note: 1\nenvironments: [{cluster: a}]', 'environments.0', 'An environment needs name.'),
  missing(' targets: [{cluster: eu}]', 'environments.0.targets.0', 'A target needs name.'),
  missing('notify: [{slack: {}}]', 'notify.0.slack', 'notify[0].slack needs webhook.'),
  missing(' smoke: {http: [{json: .version}]}', 'environments.0.smoke.http.0', 'An http request needs get.'),

  missing('notify: [{slack: {webhook: {}}}]', 'notify.0.slack.webhook', 'notify[0].slack.webhook needs secret and key.'),
  unknown(
    'notify: [{slack: {webhook: {secret: a, key: b, c: d}}}]',
    'notify.0.slack.webhook.c',
    'c is not a key of a Secret reference. It takes secret and key.',
  ),

  wrong('apiVersion: progression.dev/v2', 'apiVersion', 'apiVersion: progression.dev/v2 is not progression.dev/v1.', 'progression.dev/v1'),
  wrong(' soak: 30', 'environments.0.soak', 'staging.soak: 30 is not a duration. Write 30s, 30m or 1h.'),
  wrong(' rollback: {within: 60}', 'environments.0.rollback.within', 'staging.rollback.within: 60 is not a duration. Write 60s, 60m or 1h.'),
  wrong(' watch: 30 minutes', 'environments.0.watch', 'staging.watch: 30 minutes is not a duration. Write 30m.', '30m'),
  wrong(' soak: 1 hour and 30 min', 'environments.0.soak', 'staging.soak: 1 hour and 30 min is not a duration. Write 1h30m.', '1h30m'),
  wrong(' soak: a while', 'environments.0.soak', 'staging.soak: a while is not a duration. Write 30s, 30m or 1h.'),
  wrong(' soak: [30s]', 'environments.0.soak', 'staging.soak must be a duration, not a list.'),
  wrong(' production: yes', 'environments.0.production', 'staging.production must be true or false, not text (yes). Write true.', 'true'),
  wrong(' flags: {new_ui: off}', 'environments.0.flags.new_ui', 'staging.flags.new_ui must be true or false, not text (off). Write false.', 'false'),
  wrong(' flags: [new_ui]', 'environments.0.flags', 'staging.flags must be a map, not a list.'),
  wrong(' after: dev', 'environments.0.after', 'staging.after must be a list of environment names, not text (dev). Write [dev].', '[dev]'),
  wrong(' gates: error-rate', 'environments.0.gates', 'staging.gates must be a list of gates, not text (error-rate). Write [error-rate].', '[error-rate]'),
  wrong(' gates: [1]', 'environments.0.gates.0', "staging.gates[0] must be the name of a gate or a map, not a number (1). Write '1'.", "'1'"),
  wrong(' gates: [{a: {max: 1}, b: {max: x}}]', 'environments.0.gates.0', 'staging.gates[0] takes one key, not 2. Begin each with a dash.'),
  wrong(' runner: cl', 'environments.0.runner', 'staging.runner: cl is not one of client, ci or job. Did you mean client?', 'client'),
  wrong(' runner: [ci]', 'environments.0.runner', 'staging.runner must be one of client, ci or job, or a map, not a list.'),
  wrong(
    ' engine: argo-rollout',
    'environments.0.engine',
    'staging.engine: argo-rollout is not one of direct, helm, git, argo-rollouts or kargo. Did you mean argo-rollouts?',
    'argo-rollouts',
  ),
  wrong(
    ' rollback: {on: [smok]}',
    'environments.0.rollback.on.0',
    'staging.rollback.on[0]: smok is not one of rollout, smoke, load, gates or watch. Did you mean smoke?',
    'smoke',
  ),
  wrong(
    'rules: {load/missing: warn}',
    'rules.load/missing',
    'rules.load/missing: warn is not one of off, hint, info, warning or error. Did you mean warning?',
    'warning',
  ),
  wrong(
    'rules: {load/missing: false}',
    'rules.load/missing',
    'rules.load/missing: false is not one of off, hint, info, warning or error. Did you mean off?',
    'off',
  ),
  wrong('environments: {dev: {cluster: a}}', 'environments', 'environments must be a list of environments, not a map. Begin each item with a dash.'),
  wrong('environments: [dev]', 'environments.0', 'environments[0] must be a map, not text (dev). Write {name: dev}.', '{name: dev}'),
  wrong('environments: []', 'environments', 'environments is empty. It needs at least one item.'),
  wrong(
    'environments: [{name: My Stage}]',
    'environments.0.name',
    'environments[0].name: My Stage is not a name of lower-case letters, digits and hyphens. Write my-stage.',
    'my-stage',
  ),
  wrong('name: 2', 'name', "name must be a name of lower-case letters, digits and hyphens, not a number (2). Write '2'.", "'2'"),
  wrong(`name: ${'a'.repeat(64)}`, 'name', 'name has 64 characters; 63 are the most it may have.'),
  wrong('images: ghcr.io/acme/shop', 'images', 'images must be a list, not text (ghcr.io/acme/shop). Write [ghcr.io/acme/shop].', '[ghcr.io/acme/shop]'),
  wrong(
    'images: [ghcr.io/acme/shop:1.0]',
    'images.0',
    'images[0]: ghcr.io/acme/shop:1.0 is not an image name without tag and digest. Write ghcr.io/acme/shop.',
    'ghcr.io/acme/shop',
  ),
  wrong('extends: /etc/base.yaml', 'extends', 'extends: /etc/base.yaml is not a path relative to this file. Write deploy/migrate.yaml, for example.'),
  wrong(
    'metrics: {prometheus: {url: prometheus:9090}}',
    'metrics.prometheus.url',
    'metrics.prometheus.url: prometheus:9090 is not an http or https URL. Write https://prometheus.example.com, for example.',
  ),
  wrong(
    'clusters: {a: {uid: abc}}',
    'clusters.a.uid',
    'clusters.a.uid: abc is not the uid of a namespace. Write 6f1c0a52-8d0e-4c39-9a57-21f4d0c7b6e1, for example.',
  ),
  wrong('gates: {e: {query: a, failAfter: 0}}', 'gates.e.failAfter', 'gates.e.failAfter must be at least 1, not 0.'),
  wrong('gates: {e: {query: a, failAfter: 1.5}}', 'gates.e.failAfter', 'gates.e.failAfter must be a whole number, not 1.5.'),
  wrong('gates: {e: {query: a, max: 1 %}}', 'gates.e.max', 'gates.e.max: 1 % is not a number, a percentage, a quantity or a duration. Write 1%.', '1%'),
  wrong('gates: {e: {query: a, between: [1]}}', 'gates.e.between', 'gates.e.between takes 2 items, not 1.'),
  wrong('gates: {e: {query: ""}}', 'gates.e.query', 'gates.e.query is empty.'),
  wrong(
    ' approval: {required: "2"}',
    'environments.0.approval.required',
    'staging.approval.required must be a whole number, not text (2). Write 2 without quotes.',
    '2',
  ),
  wrong(' scan: {run: [trivy, --exit-code, 1]}', 'environments.0.scan.run.2', "staging.scan.run[2] must be text, not a number (1). Write '1'.", "'1'"),
  wrong(' smoke: {http: {get: /healthz}}', 'environments.0.smoke.http', 'staging.smoke.http must be a list, not a map. Begin each item with a dash.'),
  wrong(
    ' smoke: {http: [/healthz]}',
    'environments.0.smoke.http.0',
    'staging.smoke.http[0] must be a map, not text (/healthz). Write {get: /healthz}.',
    '{get: /healthz}',
  ),
  wrong(
    ' smoke: {http: [{get: healthz}]}',
    'environments.0.smoke.http.0.get',
    'staging.smoke.http[0].get: healthz is not a path that begins with a slash. Write /healthz.',
    '/healthz',
  ),
  wrong(
    ' freeze: [{cron: daily, for: 1h}]',
    'environments.0.freeze.0.cron',
    'staging.freeze[0].cron: daily is not a cron expression of five fields. Write 0 16 * * FRI, for example.',
  ),
  wrong('parity: [{between: [a, b], allow: [{ratio: 2}]}]', 'parity.0.allow.0.ratio', 'parity[0].allow[0].ratio must be at most 1, not 2.'),
]
