import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import type {FrameLocator, Locator, Page} from 'playwright-core'
import type {Control, Target} from './control-types.ts'

/** Milliseconds a wait of the user interface may last, where the test does not say. */
const patience = 60_000

/**
 * The hands and eyes of tests that run in the extension host: it has no access to the page, so it asks over HTTP.
 * One POST a call: the method as the path, its parameters as a JSON list, the answer as JSON.
 */
export class ControlServer {
  readonly #page: Page
  readonly #screenshots: string
  readonly #exit = Promise.withResolvers<number>()
  readonly #begun = Promise.withResolvers<void>()
  readonly #server = createServer((request, response) => {
    this.#answer(request).then(
      value => response.end(JSON.stringify({value: value ?? null})),
      (error: unknown) => response.end(JSON.stringify({error: error instanceof Error ? error.message : String(error)})),
    )
  })

  constructor(page: Page, screenshots: string) {
    this.#page = page
    this.#screenshots = screenshots
  }

  /** Settles with the first call. */
  get begun(): Promise<void> {
    return this.#begun.promise
  }

  /** What the tests ended with, once they say so. */
  get exit(): Promise<number> {
    return this.#exit.promise
  }

  /** Listens on a free port of 127.0.0.1 and resolves to the address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => this.#server.once('error', reject).listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    this.#begun.resolve()
    const method = request.url?.slice(1) ?? ''
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const parameters = JSON.parse(Buffer.concat(pieces).toString()) as never[]
    if (!Object.hasOwn(this.#methods, method)) throw new Error(`There is no ${method} in the control channel`)
    const call: (...given: never[]) => Promise<unknown> = this.#methods[method as keyof Control]
    return await call(...parameters)
  }

  readonly #methods: Control = {
    screenshot: async name => {
      await this.#page.screenshot({path: join(this.#screenshots, `${name}.png`)})
    },
    click: async (target, options = {}) => {
      await this.#find(target).click({timeout: patience, ...options})
    },
    hover: async target => {
      await this.#find(target).hover({timeout: patience})
    },
    type: async text => {
      await this.#page.keyboard.type(text)
    },
    press: async key => {
      await this.#page.keyboard.press(key)
    },
    texts: async target => (await this.#all(target).allInnerTexts()).map(text => text.replaceAll(' ', ' ').trim()),
    attributes: async (target, name) =>
      await this.#all(target).evaluateAll((elements, attribute) => elements.map(element => element.getAttribute(attribute) ?? ''), name),
    style: async (target, property) =>
      await this.#find(target).evaluate((element, name) => element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(name) ?? '', property),
    waitFor: async (target, options = {}) => {
      await this.#find(target).waitFor({timeout: options.timeout ?? patience, state: options.state ?? 'visible'})
    },
    exit: async code => {
      this.#exit.resolve(code)
    },
  }

  #all({selector, text, webview}: Target): Locator {
    const root: Page | FrameLocator = webview
      ? this.#page.locator('iframe.webview.ready:visible').last().contentFrame().frameLocator('#active-frame')
      : this.#page
    const found = root.locator(selector)
    return text === undefined ? found : found.filter({hasText: text})
  }

  #find(target: Target): Locator {
    return this.#all(target).first()
  }
}
