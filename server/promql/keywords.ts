/** What stands behind an aggregation, an operand or an operator, with what it does in a line. */
export const keywords: ReadonlyMap<string, string> = new Map([
  ['by', 'Groups the result by these labels; all others are dropped.'],
  ['without', 'Groups the result by all labels but these.'],
  ['on', 'Matches the sides by these labels only.'],
  ['ignoring', 'Matches the sides by all labels but these.'],
  ['group_left', 'Many series on the left match one on the right; labels in parentheses are taken over from there.'],
  ['group_right', 'One series on the left matches many on the right; labels in parentheses are taken over from there.'],
  ['bool', 'Makes a comparison answer 1 or 0 instead of leaving series out.'],
  ['and', 'What is on the left and has a partner on the right; the right side serves as a condition.'],
  ['or', 'All of the left, and of the right what has no partner on the left.'],
  ['unless', 'What is on the left and has no partner on the right.'],
  ['offset', 'The same, so much earlier.'],
  ['atan2', 'The angle of two values, in radians.'],
])

/** Between two expressions. */
export const operators: readonly string[] = ['and', 'or', 'unless']

/** What may stand behind an operator, before its right side. */
export const matchingWords: readonly string[] = ['on', 'ignoring', 'bool']
