import type {FoldingRange, FoldingRangeParams} from 'vscode-languageserver-protocol'
import type {Document} from '../document/document.ts'
import {defineFeature} from './feature.ts'

type Open = {readonly line: number; readonly indentation: number; readonly dash: boolean}

/** What belongs to a line by its indentation: keys, entries, block scalars, brackets; comments, regions and the documents of a file. */
export const foldingRanges = defineFeature({
  method: 'textDocument/foldingRange',
  capability: {foldingRangeProvider: true},
  provide: ({document}, _params: FoldingRangeParams): FoldingRange[] => new Folds(document).fold(),
})

class Folds {
  readonly #document: Document
  readonly #found: FoldingRange[] = []
  #open: Open[] = []
  /** The last line that holds more than a comment. */
  #last = -1
  #text: number | undefined
  readonly #regions: number[] = []
  #comments: number | undefined
  #section: number | undefined

  constructor(document: Document) {
    this.#document = document
  }

  fold(): FoldingRange[] {
    const {lines, text} = this.#document
    for (let line = 0; line < lines.count; line++) this.#line(line, text.slice(lines.start(line), lines.start(line + 1)).trimEnd())
    this.#closeComments(lines.count)
    this.#close(-1, false)
    if (this.#section !== undefined) this.#add(this.#section, this.#last)
    return this.#found.sort((one, other) => one.startLine - other.startLine || other.endLine - one.endLine)
  }

  #line(line: number, text: string): void {
    const content = text.trimStart()
    const indentation = text.length - content.length
    if (this.#text !== undefined && (content === '' || indentation > this.#text)) {
      if (content !== '') this.#last = line
      return
    }
    this.#text = undefined
    if (content.startsWith('#')) {
      this.#comment(line, content)
      return
    }
    this.#closeComments(line)
    if (content === '') return
    if (indentation === 0 && /^---(\s|$)/.test(text)) {
      this.#close(-1, false)
      if (this.#section !== undefined) this.#add(this.#section, this.#last)
      this.#section = line
      return
    }
    const dash = /^-(\s|$)/.test(content)
    this.#close(indentation, dash)
    this.#open.push({line, indentation, dash})
    this.#last = line
    if (/(^-|[:\s]) *[|>][-+\d]*( *#.*)?$/.test(content)) this.#text = indentation
  }

  /** Ends what this line does not belong to; items may stand at the indentation of their key. */
  #close(indentation: number, dash: boolean): void {
    for (let top = this.#open.at(-1); top; top = this.#open.at(-1)) {
      if (top.indentation < indentation || (top.indentation === indentation && dash && !top.dash)) return
      this.#open = this.#open.slice(0, -1)
      this.#add(top.line, this.#last)
    }
  }

  #comment(line: number, content: string): void {
    if (/^#\s*region\b/.test(content)) this.#regions.push(line)
    else if (/^#\s*endregion\b/.test(content)) {
      const start = this.#regions.pop()
      if (start !== undefined) this.#found.push({startLine: start, endLine: line, kind: 'region'})
    } else this.#comments ??= line
  }

  #closeComments(line: number): void {
    if (this.#comments !== undefined && line - 1 > this.#comments) this.#found.push({startLine: this.#comments, endLine: line - 1, kind: 'comment'})
    this.#comments = undefined
  }

  #add(startLine: number, endLine: number): void {
    if (endLine > startLine) this.#found.push({startLine, endLine})
  }
}
