import type {Quote} from '../cursor/cursor.ts'

/** A text as a YAML scalar: plain where that is safe, else in single quotes; inside quotes that are there already, escaped for them. */
export function scalarText(text: string, flow: boolean, quote?: Quote): string {
  if (quote === "'") return text.replaceAll("'", "''")
  if (quote === '"') return text.replace(/["\\]/g, '\\$&')
  return isPlain(text, flow) ? text : `'${text.replaceAll("'", "''")}'`
}

/** Whether a text stands for itself without quotes. */
export function isPlain(text: string, flow: boolean): boolean {
  if (text === '' || text.trim() !== text) return false
  if (/^([-?:](\s|$)|[#&*!|>%@`"'{}[\],])/.test(text) || /:(\s|$)|\s#/.test(text)) return false
  if (/^(true|false|null|~|[-+]?(\d[\d_]*)?\.?\d+([eE][-+]?\d+)?|0x[\da-f]+|0o[0-7]+)$/i.test(text)) return false
  return !flow || !/[,[\]{}]/.test(text)
}

/** A value in one line, as it would be written in braces. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, part]) => `${scalarText(key, true)}: ${flowText(part)}`)
      .join(', ')}}`
  return typeof value === 'string' ? scalarText(value, true) : String(value)
}
