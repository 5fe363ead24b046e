/** Enough of a document to tell whether it is one of ours, without starting anything. */
export type Sniffed = {readonly languageId: string; readonly path: string; readonly head: string}

/** How much of a file is looked at, in UTF-16 units. The first document of a file says what it is. */
export const sniffedLength = 4_000

const names = /(^|\/)(.+\.)?progression\.ya?ml$/
const ours = /^apiVersion:\s*['"]?progression\.dev\//m

/** True for a progression, by language, name or `apiVersion`. What else the server reads it finds by itself once it runs. */
export const isProgression = ({languageId, path, head}: Sniffed): boolean =>
  languageId === 'progression' || names.test(path) || (languageId === 'yaml' && ours.test(head))
