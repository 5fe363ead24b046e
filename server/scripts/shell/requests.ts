import {type Command, hasOption, lastOf, type Options, type Outcome, optionsOf} from './command.ts'
import type {Scenario} from './scenario.ts'
import {concatenate, literal, textOf, unclear, type Value} from './value.ts'

/** A request over HTTP, as a command makes it. */
export type RequestCall = {
  readonly tool: string
  /** In capitals; undefined where it is not known. */
  readonly method: string | undefined
  readonly urls: readonly Value[]
  /** Whether a status of 400 and more is a failure of the command; undefined where that is not known. */
  readonly judgesStatus: boolean | undefined
  /** Whether it gives up after a while; undefined where that is not known. */
  readonly isLimited: boolean | undefined
  /** What it prints when nothing answers, and with status 500. */
  readonly refused: Outcome
  readonly broken: Outcome
}

/** The request that a command makes, or undefined where it is none. */
export function requestOf(command: Command): RequestCall | undefined {
  if (command.name === 'curl') return curl(command)
  if (command.name === 'wget') return wget(command)
  if (command.name === 'http' || command.name === 'https') return httpie(command)
  return undefined
}

/** What a program for load tests asks for; whether it succeeds says nothing. */
export const loadRequest = (tool: string, urls: readonly Value[]): RequestCall => ({
  tool,
  method: undefined,
  urls,
  judgesStatus: undefined,
  isLimited: true,
  refused: {verdict: undefined},
  broken: {verdict: undefined},
})

/** How the command ends in a scenario. */
export function outcomeOf(call: RequestCall, scenario: Scenario): Outcome {
  if (scenario === 'refused') return call.refused
  if (scenario === 'broken') return call.broken
  const answer = scenario === 'high' || scenario === 'low' ? prometheusAnswer(call, scenario) : undefined
  return answer === undefined ? {verdict: undefined, output: unclear} : {verdict: true, output: literal(answer)}
}

/** What `GET /api/v1/query` of Prometheus answers, with one number in it. */
function prometheusAnswer({urls}: RequestCall, scenario: 'high' | 'low'): string | undefined {
  if (!urls.some(url => url.some(piece => typeof piece === 'string' && /\/api\/v1\/query(\?|$)/.test(piece)))) return undefined
  const number = scenario === 'high' ? '1000000000' : '-1000000000'
  return `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000000,"${number}"]}]}}`
}

/** Options of curl 8 that take a value. */
const curlValued = new Set(
  `A b c C d D e E F H K m o P Q r t T u U w x X y Y z abstract-unix-socket aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
   continue-at cookie cookie-jar crlfile curves data data-ascii data-binary data-raw data-urlencode dns-servers doh-url dump-header expect100-timeout
   form form-string hostpubsha256 interface header json keepalive-time key key-type limit-rate local-port max-filesize max-redirs max-time netrc-file noproxy
   oauth2-bearer output output-dir pass pinnedpubkey proto proto-default proto-redir proxy proxy-header proxy-user quote range rate referer request
   request-target resolve retry retry-delay retry-max-time socks4 socks5 speed-limit speed-time stderr tls-max tls13-ciphers trace trace-ascii
   unix-socket upload-file url url-query user user-agent variable write-out`.split(/\s+/),
)

function curl(command: Command): RequestCall {
  const options = optionsOf(command, curlValued)
  const {given, rest} = options
  // A file of options may hold any of them.
  const isOpen = command.isOpen || hasOption(options, 'K', 'config')
  const sure = (is: boolean): boolean | undefined => (is ? true : isOpen ? undefined : false)
  const fails = sure(hasOption(options, 'f', 'fail', 'fail-with-body'))
  const request = lastOf(options, 'X', 'request')
  const isGet = hasOption(options, 'G', 'get')
  const sends = ['d', 'data', 'data-ascii', 'data-binary', 'data-raw', 'data-urlencode', 'F', 'form', 'form-string', 'json'].some(name => given.has(name))
  const usual = hasOption(options, 'I', 'head') ? 'HEAD' : hasOption(options, 'T', 'upload-file') ? 'PUT' : sends && !isGet ? 'POST' : 'GET'
  const written = request ? textOf(request)?.toUpperCase() : isOpen ? undefined : usual
  const hidden = given.has('o') || given.has('output') || hasOption(options, 'O', 'remote-name')
  const format = lastOf(options, 'w', 'write-out')
  const printed = (body: Value, status: string): Value => concatenate([hidden ? [] : body, written_out(format, status)])
  const failure = {verdict: false, output: printed(hasOption(options, 'fail-with-body') ? unclear : [], '500'), status: literal('22')}
  const answer = {verdict: true, output: printed(unclear, '500')}
  return {
    tool: 'curl',
    method: written,
    urls: [...(given.get('url') ?? []), ...rest],
    judgesStatus: fails,
    isLimited: command.isLimited || hasOption(options, 'm', 'max-time') ? true : sure(false),
    refused: {verdict: false, output: printed([], '000'), status: literal('7')},
    broken: fails === undefined ? {verdict: undefined, output: unclear} : fails ? failure : answer,
  }
}

/** What `--write-out` prints, where it asks for the status and nothing else that is not known. */
function written_out(format: Value | undefined, status: string): Value {
  if (!format) return []
  const text = textOf(format)
  if (text === undefined) return unclear
  const filled = text.replace(/%\{(http_code|response_code)\}/g, status).replace(/\\n/g, '\n')
  return filled.includes('%{') || filled.startsWith('@') ? unclear : literal(filled)
}

const wgetValued = new Set(
  'O o a e i t T w Q P U header user-agent output-document output-file tries timeout connect-timeout read-timeout wait method body-data body-file post-data post-file user password ca-certificate'.split(
    ' ',
  ),
)

function wget(command: Command): RequestCall {
  const options = optionsOf(command, wgetValued)
  const method = lastOf(options, 'method')
  const isPost = hasOption(options, 'post-data', 'post-file')
  const limited = command.isLimited || hasOption(options, 'T', 'timeout', 'read-timeout')
  return {
    tool: 'wget',
    method: method ? textOf(method)?.toUpperCase() : command.isOpen ? undefined : isPost ? 'POST' : 'GET',
    urls: options.rest,
    judgesStatus: true,
    isLimited: limited ? true : command.isOpen ? undefined : false,
    refused: {verdict: false, output: [], status: literal('4')},
    broken: {verdict: false, output: [], status: literal('8')},
  }
}

const verbs = /^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/i

function httpie(command: Command): RequestCall {
  const options: Options = optionsOf(command, new Set(['timeout', 'auth', 'a', 'o', 'output', 'print', 'p', 'style', 'verify', 'session']))
  const [first, ...others] = options.rest
  const verb = first && textOf(first)
  const hasVerb = verb !== undefined && verbs.test(verb)
  const items = (hasVerb ? others : options.rest).slice(1).some(item => item.some(piece => typeof piece === 'string' && /[^=:]:?=[^=]/.test(piece)))
  const checks = hasOption(options, 'check-status') ? true : command.isOpen ? undefined : false
  return {
    tool: command.name,
    method: hasVerb ? verb.toUpperCase() : command.isOpen ? undefined : items ? 'POST' : 'GET',
    urls: (hasVerb ? others : options.rest).slice(0, 1),
    judgesStatus: checks,
    isLimited: true,
    refused: {verdict: false, output: []},
    broken: checks === undefined ? {verdict: undefined} : {verdict: !checks, output: unclear},
  }
}
