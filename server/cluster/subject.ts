export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete'

/** What a request is about, in the words of Kubernetes' access rules; messages and access reviews are made from it. */
export type Subject = {
  readonly verb: Verb
  /** Plural and lower case, as in a Role: `deployments`. */
  readonly resource: string
  /** Empty for the core group. */
  readonly group: string
  readonly subresource?: string
  readonly name?: string
  readonly namespace?: string
}

/** `deployments.apps`, `pods/portforward`: how a Role would name it. */
export function resourceName({resource, group, subresource}: Pick<Subject, 'resource' | 'group' | 'subresource'>): string {
  const whole = group === '' ? resource : `${resource}.${group}`
  return subresource === undefined ? whole : `${whole}/${subresource}`
}

/** `get deployments web in namespace staging`. */
export function inWords(subject: Subject): string {
  const what = subject.subresource === undefined ? subject.resource : `${subject.resource}/${subject.subresource}`
  const name = subject.name === undefined ? '' : ` ${subject.name}`
  const where = subject.namespace === undefined ? '' : ` in namespace ${subject.namespace}`
  return `${subject.verb} ${what}${name}${where}`
}
