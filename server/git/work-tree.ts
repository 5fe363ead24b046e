import {join} from 'node:path'
import {filePath, fileUri} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import {git} from './git.ts'

export type Head = {readonly state: 'commit'; readonly commit: string} | {readonly state: 'none'; readonly why: string}

/** The commit a promotion renders from. */
export async function head(tree: Uri, signal: AbortSignal, revision = 'HEAD'): Promise<Head> {
  const result = await git(filePath(tree), ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`], signal)
  if (result.ok) return {state: 'commit', commit: result.stdout.toString().trim()}
  return {
    state: 'none',
    why: /Needed a single revision|unknown revision/.test(result.message)
      ? `There is no commit ${revision} in this repository yet. Commit first: a release is made from a commit.`
      : result.message,
  }
}

/** Files with uncommitted changes, new files included, as URIs; of all the tree. An error in words where Git cannot tell. */
export async function uncommitted(tree: Uri, signal: AbortSignal): Promise<readonly Uri[] | {readonly why: string}> {
  const result = await git(filePath(tree), ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames'], signal)
  if (!result.ok) return {why: result.message}
  const entries = result.stdout.toString().split('\0').filter(Boolean)
  return entries.map(entry => fileUri(join(filePath(tree), entry.slice(3))))
}
