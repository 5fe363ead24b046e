import type {Span} from '../span.ts'

/** A word as it is written, in the pieces that a shell puts together. */
export type Word = Span & {readonly parts: readonly Part[]}

/** A piece of a word. `quoted` pieces are never split at spaces. */
export type Part =
  | {readonly kind: 'text'; readonly text: string; readonly quoted: boolean}
  | {readonly kind: 'variable'; readonly name: string; readonly operator?: string; readonly argument?: Word; readonly quoted: boolean}
  | {readonly kind: 'substitution'; readonly body: readonly Statement[]; readonly quoted: boolean}
  | {readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean}
  /** Something that is not followed here: `${x//a/b}`, a process substitution. */
  | {readonly kind: 'other'; readonly quoted: boolean}

/** `values` is a list in parentheses; `appended` is `+=`. */
export type Assignment = Span & {readonly name: string; readonly value?: Word; readonly values?: readonly Word[]; readonly appended: boolean}

export type Redirect = {readonly kind: 'input' | 'output' | 'text' | 'file'; readonly word?: Word}

export type Simple = Span & {
  readonly kind: 'simple'
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
}

/** What can stand in a list of statements. Every one has a status when it ends. */
export type Statement =
  | Simple
  /** `local`, `export`, `readonly`, `declare`, `typeset`: its status is its own, whatever a substitution in it ended with. */
  | (Span & {readonly kind: 'declaration'; readonly word: string; readonly assignments: readonly Assignment[]; readonly words: readonly Word[]})
  | (Span & {readonly kind: 'redirected'; readonly body: Statement; readonly redirects: readonly Redirect[]})
  | (Span & {readonly kind: 'pipeline'; readonly parts: readonly Statement[]})
  | (Span & {readonly kind: 'list'; readonly left: Statement; readonly operator: '&&' | '||'; readonly right: Statement; readonly operatorAt: Span})
  | (Span & {readonly kind: 'not'; readonly body: Statement})
  | (Span & {readonly kind: 'group' | 'subshell'; readonly body: readonly Statement[]})
  | (Span & {readonly kind: 'background'; readonly body: Statement})
  | (Span & {readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise?: readonly Statement[]})
  | (Span & {readonly kind: 'while'; readonly until: boolean; readonly condition: readonly Statement[]; readonly body: readonly Statement[]})
  | (Span & {readonly kind: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: readonly Statement[]})
  /** `for ((…; …; …))`, and whatever else goes around an unknown number of times. */
  | (Span & {readonly kind: 'count'; readonly body: readonly Statement[]})
  | (Span & {readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[]})
  | (Span & {readonly kind: 'function'; readonly name: string; readonly body: Statement})
  | (Span & {readonly kind: 'test'; readonly expression: Test})
  | (Span & {readonly kind: 'arithmetic'; readonly expression: Word})
  | (Span & {readonly kind: 'other'})

export type Branch = {readonly condition: readonly Statement[]; readonly body: readonly Statement[]}
export type CaseItem = {readonly patterns: readonly Word[]; readonly body: readonly Statement[]; readonly fallsThrough: boolean}

/** What stands in `[ … ]`, `[[ … ]]` and behind `test`. */
export type Test =
  | {readonly kind: 'unary'; readonly operator: string; readonly operand: Word}
  | {readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word}
  | {readonly kind: 'and' | 'or'; readonly left: Test; readonly right: Test}
  | {readonly kind: 'not'; readonly operand: Test}
  | {readonly kind: 'word'; readonly word: Word}
  | {readonly kind: 'other'}

/** A whole script. `shebang` is its first line without `#!`. */
export type Program = {readonly statements: readonly Statement[]; readonly shebang?: string; readonly comments: readonly Span[]}
