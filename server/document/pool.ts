import type {Piece} from './cut.ts'
import type {Block, Section} from './section.ts'

/** What was read before an edit, to be taken over by text that is still there. Each block is given out once: its number stands for one place. */
export class Pool {
  readonly #blocks = new Map<string, Block[]>()
  readonly #sections = new Map<Block, Section>()

  constructor(before: readonly {readonly section: Section}[]) {
    for (const {section} of before) {
      const [first] = section.blocks
      if (first) this.#sections.set(first.block, section)
      for (const {block} of section.blocks) {
        const same = this.#blocks.get(block.text)
        if (same) same.push(block)
        else this.#blocks.set(block.text, [block])
      }
    }
  }

  /** The first block not given out yet that has this text and was cut as this kind of piece. */
  take(kind: Piece['kind'], text: string): Block | undefined {
    const same = this.#blocks.get(text)
    const index = same?.findIndex(block => block.kind === kind) ?? -1
    return index < 0 ? undefined : same?.splice(index, 1)[0]
  }

  /** The section that is made of exactly these blocks. */
  section(blocks: readonly Block[]): Section | undefined {
    const section = blocks[0] && this.#sections.get(blocks[0])
    return section && section.blocks.length === blocks.length && section.blocks.every(({block}, index) => block === blocks[index]) ? section : undefined
  }
}
