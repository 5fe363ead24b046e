import {isProduction, type Progression} from '../../model/progression.ts'
import {defineRule, type Report} from '../rule.ts'

/**
 * What is named so that the name may lead to something else tomorrow, as far as that is certain: a remote base on a branch, a chart
 * or an image without a version, a production found by a name on somebody's machine.
 */
export const mutableName = defineRule({
  title: 'Name may lead to something else tomorrow',
  level: 'hint',
  needs: 'text',
  check(progression, report) {
    for (const {kind, path, at} of progression.paths.items) {
      if (kind !== 'remote') continue
      const why = path.startsWith('oci://') ? ociMoves(path) : gitMoves(path)
      if (why) report(at, why)
    }
    for (const {runner} of progression.environments.items) {
      const image = runner.state === 'known' ? runner.value.image : undefined
      if (image?.state !== 'known' || !imageMoves(image.value)) continue
      report(image.at, `${image.value} is whatever was pushed last. Name the runner's image by a version, or better by its digest: name@sha256:….`)
    }
    clusters(progression, report)
  },
})

const branches: ReadonlySet<string> = new Set(['HEAD', 'main', 'master', 'develop', 'development', 'trunk', 'latest'])

function gitMoves(path: string): string | undefined {
  const ref = /[?&](?:ref|version)=([^&]*)/.exec(path)?.[1]
  if (ref === undefined || ref === '')
    return `${withoutCredentials(path)} names no revision, so it is whatever its branch holds. Add ?ref= with a tag or a commit.`
  return branches.has(ref.replace(/^refs\/heads\//, '')) || ref.startsWith('refs/heads/')
    ? `${ref} is a branch: what is rendered changes without a change here. Put a tag or a commit after ref=.`
    : undefined
}

const ociMoves = (path: string): string | undefined =>
  /:[^/]+$|@sha256:/.test(path.slice('oci://'.length)) && !/:(latest|main|master|edge|nightly)$/.test(path)
    ? undefined
    : `${path} is the newest chart at the moment of rendering. Add its version: ${path.replace(/:[^/:]*$/, match => (match.startsWith('://') ? match : ''))}:1.2.3.`

/** Without a tag the tag is latest; a few other tags are as plain about it. */
const imageMoves = (image: string): boolean =>
  !image.includes('${') && !image.includes('@') && (!/:[^/]+$/.test(image) || /:(latest|main|master|edge|nightly|stable)$/.test(image))

const withoutCredentials = (path: string): string => path.replace(/\/\/[^/@]*@/, '//')

/** A context is a name in one kubeconfig: the same name is another cluster on the next machine, and the uid tells. */
function clusters({environments, clusters}: Progression, report: Report): void {
  const productions = environments.items.filter(isProduction)
  for (const {name, at, uid, context} of clusters.items) {
    const living = productions.filter(({targets}) => targets.items.some(({cluster}) => cluster.state === 'known' && cluster.value === name))
    const [first] = living
    if (!first || uid.state !== 'absent' || context.state === 'unknown') continue
    const word = context.state === 'known' ? context.value : name
    if (word === 'in-cluster') continue
    report(
      at,
      `${first.name} lives in the cluster ${name}, which is found by the kubeconfig context ${word} alone: on another machine that may be another cluster. Add its uid: kubectl --context ${word} get namespace kube-system -o jsonpath='{.metadata.uid}'.`,
      {related: living.map(environment => ({at: environment.at, message: `${environment.name} lives there.`}))},
    )
  }
}
