import assert from 'node:assert/strict'
import {test} from 'node:test'
import {openDirectEngine} from '../../server/engines/direct.ts'
import type {ResolvedTarget} from '../../server/model/promotion.ts'
import {useCluster} from '../cluster/shared.ts'
import {apply} from '../cluster/workloads.ts'
import {kubeconfigFor, silent} from './fake-server.ts'
import {configMap, digest, engineOn, follow, healthy, live, never, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const engine = engineOn(cluster)
const refusalsOf = async (...given: Parameters<typeof promotionOf>) => (await engine.plan(promotionOf(...given), never)).refusals
const on = (context: string, rest: object = {}): Partial<ResolvedTarget> => ({cluster: {name: 'local', context, ...rest}})

test('a cluster with another uid is not written to, by nothing', cluster.needed, async () => {
  const stranger = target('dev', await cluster.namespace('uid'), on('local', {uid: '6f1c0a52-8d0e-4c39-9a57-21f4d0c7b6e1'}))
  const expected = new RegExp(`which is not cluster local: its uid is ${cluster.running.uid}, and 6f1c0a52-.* is expected\\. Nothing is written there\\.`)
  const runs = [
    engine.promote(promotionOf(stranger, [web()]), never),
    engine.rollback({targets: [stranger]}, never),
    engine.setup([{target: {...stranger, namespace: cluster.name('never')}, objects: []}], never),
  ]
  for (const run of runs) {
    const {outcome} = await follow(run)
    assert.match(outcome.message, expected)
    assert.notEqual(outcome.result, 'verified')
  }
  assert.match((await engine.status([stranger], never))[0]?.message ?? '', expected)
  assert.equal(await live(cluster, `/api/v1/namespaces/${cluster.name('never')}`), undefined)
  assert.equal(await live(cluster, `/apis/apps/v1/namespaces/${stranger.namespace}/deployments/web`), undefined)
})

test('the right uid is let through, and a production without one is told it', cluster.needed, async () => {
  const namespace = await cluster.namespace('production')
  const withUid = target('production', namespace, {...on('local', {uid: cluster.running.uid}), production: true})
  assert.deepEqual(await refusalsOf(withUid, [web()]), [])
  assert.deepEqual(await refusalsOf(target('production', namespace, {production: true}), [web()]), [
    `production is a production, and cluster local has no uid to know it by. If context local leads to the right one, that is uid: ${cluster.running.uid}`,
  ])
})

test('a context that the kubeconfig does not have is named', cluster.needed, async () => {
  const lost = target('dev', 'x', on('prod-eu'))
  const [refusal] = await refusalsOf(lost, [web()])
  assert.match(refusal ?? '', /there is no context prod-eu\. It has local, developer, viewer, approver, nobody\./)
  const [status] = await engine.status([lost], never)
  assert.equal(status?.phase, 'unreachable')
  assert.match(status?.message ?? '', /there is no context prod-eu/)
})

test('a missing namespace leads to setup, and setup makes it', cluster.needed, async () => {
  const dev = target('dev', cluster.name('made'), {stateNamespace: cluster.name('made-state')})
  assert.deepEqual(await refusalsOf(dev, [web()]), [
    `Namespace ${dev.namespace} does not exist (context local). \`progression setup dev\` creates it.`,
    `Namespace ${dev.stateNamespace} does not exist (context local). \`progression setup dev\` creates it.`,
  ])
  const labelled = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: dev.namespace, labels: {team: 'shop'}}}
  const made = await follow(engine.setup([{target: dev, objects: [labelled, web()]}], never))
  assert.equal(made.outcome.message, 'dev is set up.')
  assert.equal((await live(cluster, `/api/v1/namespaces/${dev.namespace}`))?.metadata.labels?.team, 'shop')
  assert.equal((await follow(engine.setup([{target: dev, objects: [labelled]}], never))).outcome.message, 'dev was set up already.')
  assert.deepEqual(await refusalsOf(dev, [labelled, web()]), [])
  const outcome = (await follow(engine.promote(promotionOf(dev, [labelled, web()]), never))).outcome
  assert.equal(outcome.result, 'verified', outcome.message)
  assert.ok(await live(cluster, `/api/v1/namespaces/${dev.stateNamespace}/configmaps/progression-shop-dev`), 'the state is where it was asked for')
  for (const name of [dev.namespace, dev.stateNamespace]) await cluster.running.api.delete(`/api/v1/namespaces/${name}`)
})

test('a kind that a definition would bring leads to setup, an unknown one nowhere', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('kinds'))
  const group = `${cluster.name('g')}.example.com`
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {name: `widgets.${group}`},
    spec: {
      group,
      scope: 'Namespaced',
      names: {plural: 'widgets', singular: 'widget', kind: 'Widget'},
      versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}}}],
    },
  }
  const widget = {apiVersion: `${group}/v1`, kind: 'Widget', metadata: {name: 'w'}, spec: {size: 3}}
  assert.match((await refusalsOf(dev, [widget]))[0] ?? '', new RegExp(`serves no kind Widget in ${group}/v1\\.$`))
  assert.match((await refusalsOf(dev, [definition, widget]))[0] ?? '', /`progression setup dev` creates its definition\.$/)
  assert.equal((await follow(engine.setup([{target: dev, objects: [definition]}], never))).outcome.result, 'verified')
  const promoted = (await follow(engine.promote(promotionOf(dev, [definition, widget]), never))).outcome
  assert.equal(promoted.result, 'verified', promoted.message)
  assert.deepEqual((await live(cluster, `/apis/${group}/v1/namespaces/${dev.namespace}/widgets/w`))?.spec, {size: 3})
  await cluster.running.api.delete(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${group}`)
})

test('who may not is told what to ask for, in the name the cluster knows', cluster.needed, async () => {
  const namespace = await cluster.namespace('rights')
  const seen = await refusalsOf(target('dev', namespace, {...on('viewer'), smoke: [healthy]}), [web(), service()])
  assert.ok(
    seen.includes(`viewer may not create, patch deployments in namespace ${namespace} (context viewer). Ask for create, patch on deployments.apps.`),
    seen.join('\n'),
  )
  assert.ok(
    seen.includes(`viewer may not create pods/portforward in namespace ${namespace} (context viewer). Ask for create on pods/portforward.`),
    seen.join('\n'),
  )
  const nobody = await refusalsOf(target('dev', namespace, on('nobody')), [web()])
  assert.match(nobody.join('\n'), /forbidden for nobody\. The cluster says: .*User "nobody" cannot/)
})

test('a role with only what the work needs is enough', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('developer'), {...on('developer', {uid: cluster.running.uid}), smoke: [healthy]})
  const {outcome} = await follow(engine.promote(promotionOf(dev, [web(), service(), configMap({})]), never))
  assert.equal(outcome.result, 'verified', outcome.message)
  assert.equal((await engine.status([dev], never))[0]?.by, 'developer')
})

test('what others own is not applied, and who owns it is said with their way', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('owned'))
  const mine = {
    ...web(),
    metadata: {
      name: 'web',
      namespace: dev.namespace,
      labels: {'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'},
    },
  }
  await apply(cluster.running, mine)
  assert.deepEqual(await refusalsOf(dev, [web()]), [
    'Deployment web: owned by Flux Kustomization flux-system/shop (label kustomize.toolkit.fluxcd.io/name), which would undo a direct apply. Promote with engine: git, which commits the new digests where Flux reads them.',
  ])
})

test('what somebody changed by hand since is named with who did, and a reason takes it over', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('hand'))
  await follow(engine.promote(promotionOf(dev, [web({replicas: 1})]), never))
  await cluster.running.kubectl(['scale', 'deployment/web', '--replicas=2', '-n', dev.namespace])
  const next = promotionOf(dev, [web({version: '2', replicas: 1})])
  assert.deepEqual((await engine.plan(next, never)).refusals, [
    'Deployment web: spec.replicas belongs to kubectl. Somebody changed it since the last promotion. Put the change into the manifests, or give a reason to take it over.',
  ])
  const plan = await engine.plan({...next, reason: 'scaling was for yesterday'}, never)
  assert.deepEqual(plan.refusals, [])
  assert.ok(plan.remarks.includes('Deployment web: spec.replicas belongs to kubectl. The promotion takes it over.'))
  assert.equal((await follow(engine.promote({...next, reason: 'scaling was for yesterday'}, never))).outcome.result, 'verified')
})

test('admission speaks before anything is written', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('admission'))
  const wrong = web({spec: {template: {metadata: {labels: {app: 'other'}}, spec: {containers: [{name: 'main', image: `a@${digest('a')}`}]}}}})
  const [refusal] = await refusalsOf(dev, [wrong])
  assert.match(refusal ?? '', /^Deployment web: Cannot patch deployments web in namespace \S+ \(context local\): .*selector.*does not match/)
  const typo = {...service(), spec: {selector: {app: 'web'}, prots: []}}
  assert.match((await refusalsOf(dev, [typo])).join(' '), /unknown field|field not declared in schema/)
})

test('what is configured and cannot be done yet is refused by name', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('not-yet'), {unsupported: ['gates', 'migrate']})
  assert.deepEqual(await refusalsOf(dev, [web()]), [
    'dev: gates is configured, and the direct engine cannot do it yet.',
    'dev: migrate is configured, and the direct engine cannot do it yet.',
  ])
})

test('an image that is not in the release, or has no digest, is refused by name', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('images'))
  const {release} = promotionOf(dev, [web()])
  assert.match(
    (await refusalsOf(dev, [web({version: '2'})], {release}))[0] ?? '',
    /^Deployment web: image registry\.example\/shop\/web@sha256:\w+ is not part of release r/,
  )
  assert.match((await refusalsOf(dev, [web({container: {image: 'shop/web:latest'}})]))[0] ?? '', /^Image shop\/web:latest \(Deployment web\) has no digest\./)
})

test('refusals from outside the cluster join the plan', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('dirty'))
  assert.deepEqual(await refusalsOf(dev, [web()], {refusals: ['deploy/base has uncommitted changes.']}), ['deploy/base has uncommitted changes.'])
})

test('an API server that does not answer is said to be silent, within the deadline, by every action', async () => {
  const path = kubeconfigFor(`https://${await silent()}`)
  const deaf = openDirectEngine({kubeconfig: {path}})
  const dev = target('dev', 'x', on('here', {uid: 'u'}))
  const [plan, statuses, back] = await Promise.all([
    deaf.plan(promotionOf(dev, [web()]), never),
    deaf.status([dev], never),
    follow(deaf.rollback({targets: [dev]}, never)),
  ])
  const expected = /gave no answer within 10 s to: get namespaces kube-system\./
  assert.match(plan.refusals[0] ?? '', expected)
  assert.equal(statuses[0]?.phase, 'unreachable')
  assert.match(statuses[0]?.message ?? '', expected)
  assert.equal(back.outcome.result, 'refused')
  await deaf.close()
})
