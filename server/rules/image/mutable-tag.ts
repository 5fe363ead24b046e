import {isProduction} from '../../model/progression.ts'
import {renderedTargets} from '../manifests.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {type Image, images} from './images.ts'

/** Every tag can be moved, `v1.2.3` as well as `latest`: only a digest says which bytes run. One finding an environment. */
export const mutableTag = defineRule({
  title: 'Image can change under its tag',
  level: 'warning',
  needs: 'manifests',
  check(progression, report) {
    for (const environment of progression.environments.items) {
      const targets = renderedTargets(environment)
      if (targets.state !== 'known') continue
      const mutable = images(targets.value.flatMap(({manifests}) => manifests)).filter(({digest}) => digest === undefined)
      if (mutable.length === 0) continue
      const places = mutable.flatMap(({written, at}) => (at ? [{at, message: `${written} comes from here.`}] : []))
      report(environment.at, message(environment.name, mutable), {level: isProduction(environment) ? 'warning' : 'hint', related: places})
    }
  },
})

function message(name: string, mutable: readonly Image[]): string {
  const names = inWords(
    mutable.map(({written, tag}) => (tag ? written : `${written} (no tag, so latest)`)),
    3,
  )
  const subject = mutable.length === 1 ? 'an image by its tag' : `${mutable.length} images by their tags`
  const they = mutable.length === 1 ? 'it' : 'them'
  return `${name} runs ${subject}: ${names}. A tag can be moved, so what runs may not be what was tested; pin ${they} as name@sha256:….`
}
