import {blockList, blockMap, type Frame, type Met} from './frame.ts'
import {scanFlow} from './scan-flow.ts'
import {type Ending, none, type Role, Tape} from './tape.ts'

/** What is open where a text ends, what it ends in, and every key and plain item on the way. */
export type Scan = {readonly frames: readonly Frame[]; readonly ending: Ending; readonly met: readonly Met[]}

/** What stands above a text that is a part of something. */
export type Start = {
  /** The top-level key whose value this is a part of. */
  readonly key?: string
  /** Items of its list that stand before. */
  readonly items?: number
}

/**
 * Reads YAML for its outline alone: which maps and lists are open where the text ends, and what it ends in. Never fails: what
 * is half-typed is taken for what it looks like, and a bracket that was never closed ends where the indentation says so.
 */
export function scan(text: string, {key, items = 0}: Start = {}): Scan {
  const tape = new Tape(text, {...blockMap(0), key})
  let ending: Ending = none
  while (tape.at < tape.text.length) ending = line(tape, items)
  // Only a line break was left: one that ended the last line, and nothing that goes on behind it.
  if (tape.at === tape.text.length) ending = blank(tape.text.length, 0)
  return {frames: tape.frames, ending, met: tape.met}
}

const blank = (start: number, column: number): Ending => ({kind: 'first', start, column, dash: false})

function line(tape: Tape, items: number): Ending {
  const {text, frames} = tape
  const start = tape.at
  const end = tape.lineEnd(start)
  let at = start
  while (text[at] === ' ') at++
  const column = at - start
  tape.lineStart = start
  tape.at = end + 1
  // YAML does not indent with tabs, so it says nothing about what such a line belongs to.
  if (text[at] === '\t') return none
  if (text.slice(at, end).trim() === '') return blank(end, column)
  if (text[at] === '#') return {kind: 'comment', start: at}
  if (column === 0 && /^(---|\.\.\.)(\s|$)/.test(text.slice(at, at + 4))) {
    frames.splice(0, frames.length, blockMap(0))
    return none
  }
  while (frames.length > 1 && tape.top.column > column) frames.pop()
  return dashes(tape, at, items)
}

function dashes(tape: Tape, from: number, items: number): Ending {
  const {text, frames} = tape
  let at = from
  while (text[at] === '-' && /^\s?$/.test(text[at + 1] ?? '')) {
    const column = at - tape.lineStart
    const {top} = tape
    if (top.kind === 'list' && top.column === column) {
      top.index++
      top.valued = false
    } else {
      top.valued = true
      frames.push(blockList(column, frames.length === 1 ? items : 0))
    }
    if (tape.isEnd(at + 1)) return {kind: 'tight', after: 'dash', column}
    at = tape.spaces(at + 1)
  }
  if (at === from) leaveList(tape, at - tape.lineStart)
  return first(tape, at, at > from)
}

/** A key at the column of a list's dashes ends the list, where the list stands at the column of its own key. */
function leaveList({top, frames}: Tape, column: number): void {
  const holder = frames.at(-2)
  if (top.kind === 'list' && !top.flow && top.column === column && holder?.kind === 'map' && holder.column === column) frames.pop()
}

const keyPattern = /(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\n]|'')*)'|((?:[^\s#&*!|>%@`"'{}[\],?:-]|[-?:](?=\S))(?:[^\n:#]|:(?=\S)|(?<=\S)#)*?))[ \t]*:(?=\s|$)/y

/** The first word of a line, behind its dashes. */
function first(tape: Tape, from: number, dash: boolean): Ending {
  const {text} = tape
  const at = tape.properties(from)
  const column = from - tape.lineStart
  const end = tape.lineEnd(from)
  if (text.slice(at, end).trim() === '') return {kind: 'first', start: end, column, dash}
  keyPattern.lastIndex = at
  const match = keyPattern.exec(text)
  if (!match) {
    if (/["'{[|>#]/.test(text[at] ?? '')) return value(tape, at, dash ? 'item' : 'value')
    if (tape.isEnd(end) && !/\s$/.test(text)) return {kind: 'first', start: at, column, dash}
    plain(tape, at, end)
    return none
  }
  if (tape.top.kind !== 'map' || tape.top.column !== column) {
    tape.top.valued = true
    tape.frames.push(blockMap(column))
  }
  const behind = at + match[0].length
  tape.key(match[1] ?? match[2] ?? match[3] ?? '', at, behind - 1)
  const start = tape.properties(tape.spaces(behind))
  if (start < end) return value(tape, start, 'value')
  return start === behind ? {kind: 'tight', after: 'colon', column} : {kind: 'value', start: Math.min(start, end)}
}

/** A value on the line of its key or dash. */
function value(tape: Tape, at: number, role: Role): Ending {
  const {text} = tape
  const character = text[at]
  const end = tape.lineEnd(at)
  if (character === '#') return {kind: 'comment', start: at}
  if (character === '{' || character === '[') return scanFlow(tape, at)
  if (character === '"' || character === "'") {
    tape.top.valued = true
    const behind = tape.quoted(at, character, role)
    return typeof behind === 'number' ? tape.rest(behind) : behind
  }
  if (!tape.isEnd(end) && /^[|>][-+\d]*\s*(#.*)?$/.test(text.slice(at, end))) return block(tape, end + 1)
  const comment = plain(tape, at, end)
  if (!tape.isEnd(end)) return none
  if (comment !== undefined) return {kind: 'comment', start: comment}
  return /\s$/.test(text) ? none : {kind: 'value', start: at}
}

/** A plain word up to a comment, of which it gives the offset. */
function plain(tape: Tape, start: number, end: number): number | undefined {
  const written = tape.text.slice(start, end)
  const comment = /\s#/.exec(written)
  tape.word(written.slice(0, comment?.index).trim(), start)
  return comment ? start + comment.index + 1 : undefined
}

/** The lines of a block scalar: everything indented further than what holds it. */
function block(tape: Tape, from: number): Ending {
  const {text, top} = tape
  top.valued = true
  tape.at = from
  while (tape.at < text.length) {
    const end = tape.lineEnd(tape.at)
    const written = text.slice(tape.at, end)
    const indentation = written.length - written.trimStart().length
    if (written.trim() !== '' && indentation <= top.column) return none
    if (tape.isEnd(end)) return tape.finish(indentation > top.column ? {kind: 'text', start: from} : blank(end, indentation))
    tape.at = end + 1
  }
  return none
}
