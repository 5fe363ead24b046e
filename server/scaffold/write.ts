import {tierOfName} from '../model/tier.ts'
import type {FoundEnvironment, Survey} from './survey.ts'

/**
 * The text of a first progression.yaml for what a survey found, commented, and clean under its own check but for what only
 * people can know: those places are marked with a comment that says what to fill in.
 */
export function firstProgression(survey: Survey): string {
  const {name, manifests, images, services} = survey
  const environments = survey.environments.length > 0 ? survey.environments : usual
  const service = services.find(one => /web|front|gateway|ingress/.test(one)) ?? services[0]
  const lines = [
    '# How a change reaches production. The order of the environments is the way it takes.',
    'apiVersion: progression.dev/v1',
    `name: ${name}`,
    ...(images.length > 0 ? ['', '# Images that change together, as one release.', 'images:', ...images.map(image => `  - ${image}`)] : []),
    '',
    '# Kubeconfig contexts. Give production the uid of its namespace kube-system, and nothing else is ever written to by mistake:',
    "#   kubectl --context NAME get namespace kube-system -o jsonpath='{.metadata.uid}'",
    'clusters:',
    ...clusterNames(environments).map(cluster => `  ${cluster}: {context: ${cluster}}`),
    '',
    ...manifestLines(manifests),
    '',
    '# Merged into every environment.',
    'defaults:',
    ...(service
      ? [
          '  # Asked of a new pod over a port-forward, before anything counts as verified.',
          `  smoke: {service: '${service}', http: [{get: /healthz}], timeout: 60s}`,
        ]
      : [
          '  # What a release must answer before it counts as verified: name your Service and its port.',
          `  smoke: {service: '${name}:http', http: [{get: /healthz}], timeout: 60s}`,
        ]),
    '  # A failing rollout or smoke test goes back to the release before.',
    '  rollback: {within: 60s}',
    '',
    'environments:',
    ...environments.flatMap(environment => environmentLines(environment, clusterOf(environment, environments))),
  ]
  return `${lines.join('\n')}\n`
}

const usual: readonly FoundEnvironment[] = [
  {name: 'dev', path: ''},
  {name: 'staging', path: ''},
  {name: 'production', path: ''},
]

const isProduction = ({name}: FoundEnvironment): boolean => tierOfName(name) === 'production'

/** Productions have a cluster of their own, as most do; where all are productions, one name does. */
const clusterOf = (environment: FoundEnvironment, all: readonly FoundEnvironment[]): string =>
  isProduction(environment) && !all.every(isProduction) ? 'production' : 'nonprod'

const clusterNames = (environments: readonly FoundEnvironment[]): readonly string[] => [...new Set(environments.map(one => clusterOf(one, environments)))]

function manifestLines(manifests: Survey['manifests']): readonly string[] {
  if (!manifests)
    return ['# Where the Kubernetes objects come from: kustomize, helm or directory.', "# manifests: {kustomize: 'deploy/overlays/${environment}'}"]
  if (manifests.kind === 'helm') return [`manifests: {helm: {chart: ${manifests.chart}, values: ['${manifests.pattern}']}}`]
  return [`manifests: {${manifests.kind}: '${manifests.pattern}'}`]
}

function environmentLines({name, namespace}: FoundEnvironment, cluster: string): readonly string[] {
  const production = tierOfName(name) === 'production'
  return [
    `  - name: ${name}`,
    `    cluster: ${cluster}`,
    `    namespace: ${namespace ?? name}`,
    ...(production
      ? [
          '    # Somebody says yes before customers see it.',
          '    approval: {required: 1, notRequester: true}',
          '    # Who stays awake until it is verified or rolled back: a laptop may be closed.',
          '    runner: ci',
        ]
      : []),
  ]
}
