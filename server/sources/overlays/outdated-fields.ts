import type {Document} from '../../document/document.ts'
import {pairOf} from '../../document/node.ts'
import type {Place} from '../../model/place.ts'

/**
 * Fields that Kustomize still reads and tells everybody to replace: kustomize api v0.21 `types/kustomization.go`, where each
 * carries its deprecation, and `kustomize edit fix`.
 */
const replacements: Readonly<Record<string, string>> = {
  bases: 'resources',
  commonLabels: 'labels',
  imageTags: 'images',
  patchesJson6902: 'patches',
  patchesStrategicMerge: 'patches',
  vars: 'replacements',
}

export type OutdatedField = {readonly name: string; readonly instead: string; readonly at: Place}

/** The outdated fields of a kustomization, in the order of the text. */
export function outdatedFields(document: Document): readonly OutdatedField[] {
  const root = document.sections[0]?.section.root
  return Object.entries(replacements).flatMap(([name, instead]) => {
    const pair = pairOf(root, name)
    return pair ? [{name, instead, at: pair.key.at}] : []
  })
}
