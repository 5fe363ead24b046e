import {buildRenderEngine, EngineBuildError} from '../build-engine.ts'
import {missing} from '../prerequisites.ts'
import {run} from '../run.ts'
import {type Part, strict} from './part.ts'
import {failed, passed, skipped} from './tally.ts'

/** What test files import to have the render engine. */
const builder = 'scripts/build-engine.ts'

/**
 * The render engine, from the cache or compiled, beside the bundles. Without Go it stays away where that is allowed, and test
 * files that cannot do without it are added to `lacking`: a file they import → why it is of no use.
 */
export function renderEngine(lacking: Map<string, string>): Part {
  const title = 'Render engine'
  return {
    name: 'engine',
    title,
    async run({root, task, signal}) {
      try {
        await buildRenderEngine({signal, progress: text => task.update(text)})
      } catch (error) {
        const excused = !strict && error instanceof EngineBuildError && (await missing('go', root, signal)) !== undefined
        if (!excused) throw error
        lacking.set(builder, error.message)
        return skipped(title, error.message)
      }
      const {code, output} = await run(process.execPath, ['scripts/build.ts', 'engine'], {folder: root, signal})
      return code === 0 ? passed : failed(title, output)
    },
  }
}
