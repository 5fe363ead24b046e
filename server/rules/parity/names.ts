import type {Environment, Target} from '../../model/progression.ts'
import {tierWords} from '../../model/tier.ts'

/** What an environment may add to a name: its own, that of a target, and the usual words for its tier; the longest first. */
export function wordsOf({name, tier}: Environment, target?: Target): readonly string[] {
  const words = [name, ...(target ? [target.name] : []), ...(tier.state === 'known' ? tierWords[tier.value] : [])]
  return [...new Set(words)].filter(word => word !== '').toSorted((a, b) => b.length - a.length)
}

/** A text without the words of its environment, so that `shop-dev-api` is `shop-api`. A text that is such a word stays. */
export function plainName(text: string, words: readonly string[]): string {
  const found = words.reduce((plain, word) => {
    // Most texts hold none of them, and a pattern is dear.
    if (!plain.includes(word)) return plain
    const pattern = new RegExp(`(-|(?<![A-Za-z0-9]))${word.replace(/[^A-Za-z0-9]/g, '\\$&')}(-|(?![A-Za-z0-9]))`, 'g')
    return plain.replace(pattern, (_whole, before: string, after: string) => (before && after ? '-' : ''))
  }, text)
  return found === '' ? text : found
}

// kustomize (hasher.go, encode): the hash of a generator is ten of these characters.
const generated = /-[bcdfghkmt2456789]{10}$/

/** The name that the author of a configMapGenerator or secretGenerator wrote, without the hash of its content. */
export const withoutHash = (name: string): string => name.replace(generated, '')
