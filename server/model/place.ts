import type {Uri} from './files.ts'

/** A piece of a document that is read by itself; its number stays the same as long as its text does. */
export type BlockId = number

/**
 * Where something stands, always a place a user can open. Offsets are UTF-16 units inside the block, so a place stays right
 * when text above it changes; it becomes a range only in `lsp/` and `report/`, through `Document.offset`.
 */
export type Place = {readonly document: Uri; readonly block: BlockId; readonly start: number; readonly end: number}
