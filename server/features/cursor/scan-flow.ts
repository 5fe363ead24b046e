import {blockMap} from './frame.ts'
import {type Ending, none, type Role, type Tape} from './tape.ts'

const word = /(?:\$\{[^{}\n]*\}?|[^\s,[\]{}:#]|:(?=[^\s,[\]{}])|(?<=\S)#|[ \t]+(?=[^\s#,[\]{}:]))+/y

/** Scans braces or brackets from the one that opens them, to behind the one that closes them or as far as the indentation allows. */
export function scanFlow(tape: Tape, from: number): Ending {
  const {text, frames} = tape
  const depth = frames.length
  const {column} = tape.top
  let at = from
  // Nothing stands yet behind the last bracket, comma or colon.
  let fresh = true
  while (at < text.length) {
    const character = text[at] ?? ''
    if (character === '\n' && tape.isOutside(at + 1, column)) {
      frames.length = depth
      tape.at = at + 1
      return none
    }
    if (/\s/.test(character)) at++
    else if (character === '#' && /\s/.test(text[at - 1] ?? '')) {
      const end = tape.lineEnd(at)
      if (tape.isEnd(end)) return tape.finish({kind: 'comment', start: at})
      at = end
    } else if ('{}[],:'.includes(character)) {
      mark(tape, character, column)
      at++
      if (frames.length <= depth) return tape.rest(at)
      fresh = character !== '}' && character !== ']'
    } else {
      const next = scanWord(tape, at, character)
      if (typeof next !== 'number') return next
      fresh = false
      at = next
    }
  }
  return tape.finish(fresh ? {kind: 'flow', start: text.length, role: roleOf(tape)} : none)
}

function mark(tape: Tape, character: string, column: number): void {
  const {frames} = tape
  if (character === '{' || character === '[') {
    tape.top.valued = true
    const list = character === '['
    frames.push({kind: list ? 'list' : 'map', flow: true, column, key: undefined, index: list ? 0 : -1, valued: false})
  } else if (character !== ':') {
    if (tape.top.implicit) frames.pop()
    if (character !== ',') frames.pop()
    else {
      tape.top.index++
      tape.top.key = undefined
      tape.top.valued = false
    }
  }
}

function roleOf({top}: Tape): Role {
  return top.kind === 'list' ? 'item' : top.key === undefined ? 'key' : 'value'
}

/** The offset behind a word, or how the text ends in it. */
function scanWord(tape: Tape, start: number, first: string): number | Ending {
  const {text, frames} = tape
  const role = roleOf(tape)
  const quoted = first === '"' || first === "'"
  let end: number
  if (quoted) {
    const found = tape.quoted(start, first, role)
    if (typeof found !== 'number') return found
    end = found
  } else {
    word.lastIndex = start
    end = start + Math.max(1, word.exec(text)?.[0].length ?? 1)
    if (tape.isEnd(end)) return tape.finish({kind: 'flow', start, role})
  }
  const written = quoted ? text.slice(start + 1, end - 1) : text.slice(start, end)
  const colon = tape.spaces(end)
  const isKey = text[colon] === ':' && (quoted || /^[\s,[\]{}]?$/.test(text[colon + 1] ?? ''))
  if (!isKey || role === 'value') {
    tape.word(written, start)
    return end
  }
  if (role === 'item') frames.push({...blockMap(tape.top.column), flow: true, implicit: true})
  tape.key(written, start, end)
  return tape.isEnd(colon + 1) ? tape.finish({kind: 'tight', after: 'colon', column: tape.top.column}) : colon
}
