import assert from 'node:assert/strict'
import {test} from 'node:test'
import {planText} from '../../client/features/plan/plan-text.ts'
import type {Plan, PlanTarget} from '../../server/protocol.ts'

const target: PlanTarget = {cluster: 'prod', context: 'prod-eu', server: 'https://10.0.0.1:6443', namespace: 'shop'}
const plan: Plan = {
  uri: 'file:///shop/progression.yaml',
  progression: 'shop',
  environment: 'production',
  action: 'promote',
  digest: 'd',
  production: true,
  targets: [target],
  release: 'r2',
  from: 'r1',
  summary: ['deploy: apply 1 object', 'verified'],
  changes: [
    {kind: 'Deployment', name: 'api', namespace: 'shop', action: 'change', because: 'image', diff: '-image: a\n+image: b\n'},
    {kind: 'Service', name: 'api', namespace: 'shop', action: 'unchanged'},
    {kind: 'ConfigMap', name: 'old', action: 'prune'},
  ],
  refusals: [],
  remarks: [],
  estimatedRollbackSeconds: 34,
}

test('a plan says who, where, what and how it looks before and after', () => {
  assert.equal(
    planText(plan),
    `Promote production of shop (production)

Release    r1 → r2
Context    prod-eu
Server     https://10.0.0.1:6443
Namespace  shop
Rollback   about 34 s

Steps
  deploy: apply 1 object
  verified

Objects
  ~ Deployment api in shop (image)
  = Service api in shop
  - ConfigMap old

# Deployment api
-image: a
+image: b
`,
  )
})

test('several targets are named, each with its place', () => {
  const text = planText({
    ...plan,
    targets: [
      {...target, name: 'eu'},
      {...target, name: 'us', context: 'prod-us'},
    ],
  })
  assert.match(text, /Target {5}eu\nContext {4}prod-eu\n[\s\S]*Target {5}us\nContext {4}prod-us\n/)
})

test('what refuses stands before what would be done', () => {
  const text = planText({
    ...plan,
    action: 'rollback',
    refusals: ['the cluster is another one'],
    remarks: ['nobody is watching'],
    estimatedRollbackSeconds: undefined,
  })
  assert.match(text, /^Roll back production/)
  assert.ok(text.indexOf('the cluster is another one') < text.indexOf('nobody is watching'))
  assert.ok(text.indexOf('nobody is watching') < text.indexOf('deploy: apply'))
  assert.doesNotMatch(text, /Rollback {3}about/)
})

test('a promotion that goes on names its release once', () => {
  assert.match(planText({...plan, from: 'r2'}), /\nRelease {4}r2\n/)
})
