/** What is looked for on the page: a CSS selector, perhaps holding a text, in the workbench or in the webview that is visible. */
export type Target = {readonly selector: string; readonly text?: string; readonly webview?: boolean}

/** What a test in the extension host can do to the page around it. Every wait has a deadline and fails by naming what was missing. */
export type Control = {
  /** Saves what a person would see as `<name>.png` among the test output. */
  screenshot(name: string): Promise<void>
  click(target: Target, options?: {readonly button?: 'left' | 'right'; readonly clickCount?: number}): Promise<void>
  hover(target: Target): Promise<void>
  /** Types where the focus is. */
  type(text: string): Promise<void>
  /** A key as playwright names it: `Enter`, `Control+Shift+P`. */
  press(key: string): Promise<void>
  /** The texts of all that match now. */
  texts(target: Target): Promise<readonly string[]>
  attributes(target: Target, name: string): Promise<readonly string[]>
  /** A computed style of the first match. */
  style(target: Target, property: string): Promise<string>
  waitFor(target: Target, options?: {readonly timeout?: number; readonly state?: 'visible' | 'hidden' | 'attached' | 'detached'}): Promise<void>
  /** Ends the editor; what the tests ended with becomes the adapter's exit code. */
  exit(code: number): Promise<void>
}

/** Environment variables by which the adapter tells tests where to find what. */
export const variables = {
  /** Address of the control channel; absent in desktop VS Code. */
  control: 'PROGRESSION_TEST_CONTROL',
  /** File that results are appended to, a JSON object a line. */
  results: 'PROGRESSION_TEST_RESULTS',
  /** Folder of screenshots and logs. */
  output: 'PROGRESSION_TEST_OUTPUT',
  /** A packed extension to install and test, in place of the one under development. */
  packed: 'PROGRESSION_TEST_PACKED',
  /** Set where workspaces are not to be trusted; the entry of test-electron asks to trust all. */
  untrusted: 'PROGRESSION_TEST_UNTRUSTED',
  /** For tests that promote: the digests of the older and the newer release, as JSON. */
  digests: 'PROGRESSION_TEST_DIGESTS',
  /** For tests that promote: a file that keeps smoke tests waiting while it is there. */
  hold: 'PROGRESSION_TEST_HOLD',
} as const

/** One line of the results file. */
export type TestResult = {readonly name: string; readonly milliseconds: number; readonly error?: string; readonly skipped?: string}
