import type {Answer, Answering} from '../../test/cluster/answers.ts'
import {digestOf} from './workspace.ts'

export const versions = {good: '1.4.2', bad: '1.5.0'} as const

/**
 * What the shop's two programs answer. 1.5.0 holds a mistake of the kind that no other environment shows: its new checkout
 * speaks to the sandbox of the payment provider and not to the provider, so it works wherever nobody pays.
 */
export const answering: Answering = ({image, environment}, {path}): Answer | undefined => {
  const version = versionOf(image)
  if (path === '/api/version') return {status: 200, body: {version, checkout: environment.CHECKOUT}}
  if (path !== '/api/checkout/ready') return undefined
  const provider = environment.PAYMENT_PROVIDER ?? 'none'
  const broken = version === versions.bad && provider !== 'sandbox'
  return broken ? {status: 500, body: {error: `${provider} refused the request: unknown field "basket"`}} : {status: 200, body: {provider}}
}

/** The version whose digest an image bears. */
function versionOf(image: string): string {
  const [reference = image, digest] = image.split('@')
  const name = reference.split('/').at(-1) ?? reference
  return Object.values(versions).find(version => digestOf(name, version) === digest) ?? 'unknown'
}
