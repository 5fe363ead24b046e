import type {Connection} from './connection.ts'
import {type Result, succeeded} from './errors.ts'
import type {Subject} from './subject.ts'

type Review = {readonly status?: {readonly allowed?: boolean; readonly reason?: string}}

/** What the cluster says we may not do, of what is asked; asked in parallel, each once. */
export async function denied(connection: Connection, subjects: readonly Subject[], signal: AbortSignal): Promise<Result<readonly Subject[]>> {
  const distinct = [...new Map(subjects.map(subject => [JSON.stringify(subject), subject])).values()]
  const answers = await Promise.all(distinct.map(subject => review(connection, subject, signal)))
  const refused: Subject[] = []
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return answer
    const subject = distinct[index]
    if (!answer.value && subject !== undefined) refused.push(subject)
  }
  return succeeded(refused)
}

async function review(connection: Connection, subject: Subject, signal: AbortSignal): Promise<Result<boolean>> {
  const answer = await connection.requests.send<Review>(
    {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {resourceAttributes: subject}},
      subject: {verb: 'create', resource: 'selfsubjectaccessreviews', group: 'authorization.k8s.io'},
    },
    signal,
  )
  return answer.ok ? succeeded(answer.value.status?.allowed === true) : answer
}
