import {defineFix} from './fix.ts'

/** Takes a code out of a comment that silences nothing with it, and the comment with its last code. */
export const removeSuppression = defineFix<'code'>({
  id: 'remove-suppression',
  title: ({code}) => (code === '' ? 'Take this comment out' : `Take ${code} out of the comment`),
  edits({document, at}) {
    const comment = document.comments.find(one => one.at.block === at.block && one.at.start <= at.start && at.start < one.at.end)
    const offset = document.offset(at)
    const start = comment && document.offset(comment.at)
    if (!comment || offset === undefined || start === undefined) return undefined
    const {text, uri} = document
    const codes =
      /^#+\s*progression-ignore(?:-file)?\s+(.*?)(?=\s--(?:\s|$)|$)/
        .exec(comment.text)?.[1]
        ?.split(/[\s,]+/)
        .filter(word => word !== '') ?? []
    if (codes.length > 1) {
      const end = offset + at.end - at.start
      const behind = /^[ \t]*,[ \t]*|^[ \t]+(?!--)/.exec(text.slice(end))?.[0].length
      const before = /[ \t]*,?[ \t]*$/.exec(text.slice(start, offset))?.[0].length ?? 0
      return [{document: uri, start: behind === undefined ? offset - before : offset, end: end + (behind ?? 0), text: ''}]
    }
    const end = start + comment.text.length
    if (!comment.alone) return [{document: uri, start: start - (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0), end, text: ''}]
    const line = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
    return [{document: uri, start: line, end: end + (/^\r\n|^\r|^\n/.exec(text.slice(end))?.[0].length ?? 0), text: ''}]
  },
})
