import {isProduction} from '../../model/progression.ts'
import type {ScriptRequest} from '../../model/script.ts'
import {isMessage, pathOf} from '../addresses.ts'
import {defineRule} from '../rule.ts'
import {inLine, reportPiece, scriptsOf, subjectOf} from '../scripts.ts'

const writing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** What is sent for another reason than to change something: logging in, asking with a body. */
const asking = /(^|\/)(graphql|login|logout|signin|auth|authenticate|oauth2?|token|tokens|sessions?|search|query|validate|preview|rpc)(\/|$)/i

/** A smoke test that leaves something behind where customers are. */
export const smokeWritesInProduction = defineRule({
  title: 'Smoke test writes in production',
  level: 'hint',
  needs: 'workspace',
  check(progression, report) {
    for (const use of scriptsOf(progression, ['smoke'])) {
      if (!isProduction(use.environment)) continue
      const request = use.script.requests.find(isWriting)
      if (!request) continue
      const path = pathOf(request.url)
      reportPiece(
        report,
        use,
        request,
        `${subjectOf(use)} sends ${request.method}${path ? ` ${path}` : ''}${inLine(request)}, after every release and every rollback: what that writes stays among the data of customers. Only read there, or write to an account made for tests.`,
        {words: 'The request.'},
      )
    }
  },
})

function isWriting({method, url}: ScriptRequest): boolean {
  if (method === undefined || !writing.has(method)) return false
  const path = pathOf(url)
  return path !== undefined && !asking.test(path) && !isMessage(url)
}
