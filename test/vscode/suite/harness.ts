import {appendFileSync} from 'node:fs'
import {type Control, type TestResult, variables} from '../control-types.ts'

export type Body = () => Promise<void>

/** Milliseconds one test may last. */
const patience = 300_000

const cases: {readonly name: string; readonly body: Body}[] = []

/** Declares a test; they run in the order of their declaration, each in what the one before left behind. */
export function test(name: string, body: Body): void {
  cases.push({name, body})
}

/** Thrown by what cannot be done here, so that the test counts as skipped. */
class Skipped extends Error {}

/** Runs all of them, reports each as it ends, and rejects when one failed: that is what VS Code takes as the verdict. */
export async function runAll(): Promise<void> {
  let failed = 0
  for (const {name, body} of cases) {
    const began = performance.now()
    const thrown = await Promise.race([body(), overdue()]).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
    const milliseconds = Math.round(performance.now() - began)
    if (thrown instanceof Skipped) report({name, milliseconds, skipped: thrown.message})
    else report({name, milliseconds, error: thrown?.stack ?? thrown?.message})
    if (thrown === undefined || thrown instanceof Skipped) continue
    failed += 1
    await ui.screenshot(`failed-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`).catch(() => undefined)
  }
  if (failed > 0) throw new Error(`${failed} of ${cases.length} tests failed`)
}

function overdue(): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error(`not finished after ${patience / 1000} s`)), patience).unref())
}

function report(result: TestResult): void {
  const file = process.env[variables.results]
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`)
  console.log(
    `${result.error === undefined ? 'ok' : 'not ok'} ${result.name} (${result.milliseconds} ms)${result.error === undefined ? '' : `\n${result.error}`}`,
  )
}

/** Waits until `look` gives something; polls, because the editor tells nobody when it has drawn. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined> | T | undefined, timeout = 60_000): Promise<T> {
  const deadline = performance.now() + timeout
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`Waited ${timeout / 1000} s for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

async function call(method: keyof Control, parameters: readonly unknown[]): Promise<never> {
  const address = process.env[variables.control]
  if (address === undefined) throw new Skipped('needs the page, so VS Code in the browser')
  const response = await fetch(`${address}/${method}`, {method: 'POST', body: JSON.stringify(parameters)})
  const {value, error} = (await response.json()) as {value?: unknown; error?: string}
  if (error !== undefined) throw new Error(`${method}(${JSON.stringify(parameters).slice(1, -1)}): ${error}`)
  return value as never
}

/**
 * The activation of a small extension that holds tests of an installed one: VS Code shows no modal while it runs tests of an
 * extension under development, so what asks in modals is tested as a user has it.
 */
export async function activate(): Promise<void> {
  const code = await runAll().then(
    () => 0,
    () => 1,
  )
  await ui.exit(code)
}

/** The page around us. */
export const ui: Control = {
  screenshot: name => call('screenshot', [name]),
  click: (target, options) => call('click', [target, options ?? {}]),
  hover: target => call('hover', [target]),
  type: text => call('type', [text]),
  press: key => call('press', [key]),
  texts: target => call('texts', [target]),
  attributes: (target, name) => call('attributes', [target, name]),
  style: (target, property) => call('style', [target, property]),
  waitFor: (target, options) => call('waitFor', [target, options ?? {}]),
  exit: code => call('exit', [code]),
}
