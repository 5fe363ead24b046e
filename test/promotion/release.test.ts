import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {TargetStatus} from '../../server/model/promotion.ts'
import {fullRepository, imagesOf, parseImage, pinImages} from '../../server/promotion/images.ts'
import {isVerifiedIn, newestVerified, readImageArguments, releaseFrom, releaseId, retainedRelease, unpinned} from '../../server/promotion/release.ts'
import {digest, image, web} from './shop.ts'

const cronJob = (container: object, init: object[] = []) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: {name: 'nightly'},
  spec: {
    schedule: '0 3 * * *',
    jobTemplate: {spec: {template: {spec: {containers: [{name: 'main', ...container}], initContainers: init, restartPolicy: 'Never'}}}},
  },
})

test('an image in parts', () => {
  assert.deepEqual(parseImage('ghcr.io/acme/api:1.2@sha256:ab'), {repository: 'ghcr.io/acme/api', tag: '1.2', digest: 'sha256:ab'})
  assert.deepEqual(parseImage('localhost:5000/api'), {repository: 'localhost:5000/api', tag: undefined, digest: undefined})
  assert.deepEqual(parseImage('localhost:5000/api:2'), {repository: 'localhost:5000/api', tag: '2', digest: undefined})
})

test('one repository, however it is spelled', () => {
  for (const spelling of ['nginx', 'docker.io/nginx', 'index.docker.io/nginx', 'docker.io/library/nginx'])
    assert.equal(fullRepository(spelling), 'docker.io/library/nginx')
  assert.equal(fullRepository('acme/api'), 'docker.io/acme/api')
  assert.equal(fullRepository('docker.io/acme/api'), 'docker.io/acme/api')
  assert.equal(fullRepository('localhost/api'), 'localhost/api')
})

test('images of init containers and CronJobs count too', () => {
  const found = imagesOf([web({version: '1'}), cronJob({image: 'a'}, [{name: 'first', image: 'b'}])])
  assert.deepEqual(
    found.map(({reference, object, container}) => [reference, object, container]),
    [
      [image('1'), 'Deployment web', 'main'],
      ['b', 'CronJob nightly', 'first'],
      ['a', 'CronJob nightly', 'main'],
    ],
  )
})

test('a release is named by its commit and digests, in any order', () => {
  const one = releaseFrom('c1', [[web({version: '1'})], [cronJob({image: image('1', 'batch')})]]).release
  const other = releaseFrom('c1', [[cronJob({image: image('1', 'batch')})], [web({version: '1'})]]).release
  assert.equal(one.id, other.id)
  assert.match(one.id, /^r[0-9a-f]{10}$/)
  assert.equal(one.id, releaseId('c1', one.digests))
  assert.notEqual(one.id, releaseFrom('c2', [[web({version: '1'})], [cronJob({image: image('1', 'batch')})]]).release.id)
  assert.notEqual(one.id, releaseFrom('c1', [[web({version: '2'})], [cronJob({image: image('1', 'batch')})]]).release.id)
})

test('a repository with two digests has two keys', () => {
  const {release} = releaseFrom('c1', [[web({version: '1'})], [web({version: '2'})]])
  const repository = 'registry.example/shop/web'
  assert.deepEqual(release.digests, {
    [`${repository}@${digest('web 1')}`]: digest('web 1'),
    [`${repository}@${digest('web 2')}`]: digest('web 2'),
  })
})

test('an image without a digest is named, with where it is used and the way out', () => {
  const objects = [web({container: {image: 'acme/api:1.0'}}), cronJob({image: 'acme/api:1.0'})]
  assert.deepEqual(releaseFrom('c1', [objects]).refusals, [
    'Image acme/api:1.0 (Deployment web, CronJob nightly) has no digest. Pin it in the overlay, or give it with --image acme/api@sha256:….',
  ])
  assert.equal(unpinned(imagesOf([web({container: {image: 'acme/api@sha256:short'}})])).length, 1)
})

test('--image pins every container of that repository, whatever the overlay says', () => {
  const pinned = pinImages([web({container: {image: 'nginx:1.27'}}), cronJob({image: image('1')}, [{name: 'first', image: 'docker.io/library/nginx'}])], {
    nginx: digest('new'),
  })
  assert.deepEqual(
    imagesOf(pinned).map(({reference}) => reference),
    [`nginx@${digest('new')}`, `docker.io/library/nginx@${digest('new')}`, image('1')],
  )
})

test('--image is read, and what cannot be read is shown', () => {
  const {digests, refusals} = readImageArguments([`acme/api:1@${digest('x')}`, 'acme/web:2'])
  assert.deepEqual(digests, {'acme/api': digest('x')})
  assert.deepEqual(refusals, ['--image acme/web:2: write it as NAME@sha256: and 64 hexadecimal digits.'])
})

const status = (retained: TargetStatus['retained']): TargetStatus => ({
  environment: 'e',
  target: 'e',
  namespace: 'n',
  context: 'c',
  phase: 'verified',
  message: '',
  retained,
})
const revision = (release: string, verified = true) => ({revision: 1, release, commit: 'c', digests: {}, verified})

test('the newest release that all have verified goes on', () => {
  const dev = status([revision('r3'), revision('r2'), revision('r1')])
  const staging = status([revision('r3', false), revision('r2'), revision('r1')])
  assert.equal(newestVerified([dev, staging])?.id, 'r2')
  assert.equal(newestVerified([dev])?.id, 'r3')
  assert.equal(newestVerified([dev, status([])]), undefined)
  assert.equal(isVerifiedIn('r3', [dev, staging]), false)
  assert.equal(isVerifiedIn('r1', [dev, staging]), true)
})

test('what was adopted is no release', () => {
  const adopted = status([{revision: 0, release: 'adopted', verified: false}])
  assert.equal(retainedRelease('adopted', [adopted]), undefined)
  assert.deepEqual(retainedRelease('r1', [adopted, status([revision('r1')])]), {id: 'r1', commit: 'c', digests: {}})
})
