/** What was replaced, in offsets of the text before, and how long it is now. UTF-16 units. */
export type Edit = {readonly start: number; readonly end: number; readonly length: number}

/** The smallest edit that makes one text of another; clients that send whole texts mostly changed little. */
export function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let behind = 0
  while (behind < most - start && before.charCodeAt(before.length - 1 - behind) === after.charCodeAt(after.length - 1 - behind)) behind++
  return {start, end: before.length - behind, length: after.length - behind - start}
}

/**
 * A stretch of text after an edit, or undefined where the edit reaches into it. What is typed right before or behind a
 * stretch does not touch it.
 */
export function moved<T extends {readonly start: number; readonly end: number}>(stretch: T, edit: Edit): T | undefined {
  if (edit.end <= stretch.start) {
    const by = edit.length - (edit.end - edit.start)
    return by === 0 ? stretch : {...stretch, start: stretch.start + by, end: stretch.end + by}
  }
  return edit.start >= stretch.end ? stretch : undefined
}
