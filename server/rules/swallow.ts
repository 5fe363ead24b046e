import type {ScriptPass} from '../model/script.ts'
import {inLine, lineOf} from './scripts.ts'

/** What keeps a failure back, in words, and what to do about it. */
export function takenBy({kind, failure, by}: NonNullable<ScriptPass['reason']>): string {
  const what = lineOf(failure) ?? shortened(failure.text)
  const failing = `${what.charAt(0).toUpperCase()}${what.slice(1)}`
  switch (kind) {
    case 'or':
      return `${shortened(by.text)}${inLine(by)} takes every failure. Take it out.`
    case 'goes-on':
      return `${failing} fails and the script goes on. Put set -e at its top.`
    case 'pipe':
      return `A pipe ends as its last command does, ${firstWord(by.text)}${inLine(by)}. Put set -o pipefail at the top.`
    case 'masked':
      return `${firstWord(by.text)}${inLine(by)} ends well whatever the command in it does. Declare the variable on a line of its own.`
    case 'background':
      return `${failing} runs in the background, and nobody asks how it ended. Take & out, or wait for its status.`
    default:
      return `${failing} is only asked for, and no branch ends the script with another status. Add exit 1.`
  }
}

const firstWord = (text: string): string => /^\S+/.exec(text)?.[0] ?? text

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
