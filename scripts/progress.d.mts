/** `1.4 s`, `12 s`, `3 min 05 s`. */
export function duration(milliseconds: number): string

export type Palette = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan', (text: string) => string>>

/** Escape sequences where they are wanted, the bare text where not. */
export function palette(coloured: boolean): Palette

/** Something that takes a while and says how far it is. Ends with exactly one of `done`, `fail`, `skip` and `drop`. */
export type Task = {
  readonly milliseconds: number
  /** `fraction` between 0 and 1 draws a bar; without one there is the time alone. */
  update(detail: string, fraction?: number): void
  done(note?: string): void
  fail(note?: string): void
  skip(note?: string): void
  /** Ends without a line of its own. */
  drop(): void
}

/** Prints lines, and below them one live line for every running task; where lines cannot be redrawn, a plain one now and again. */
export class Terminal {
  readonly live: boolean
  readonly paint: Palette
  /** Columns that a line may fill before it breaks; without end where nothing breaks it. */
  readonly width: number
  constructor(stream?: NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number})
  print(text?: string): void
  task(title: string): Task
}
