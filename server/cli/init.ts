import {access, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileUri} from '../document/uri.ts'
import {survey} from '../scaffold/survey.ts'
import {firstProgression} from '../scaffold/write.ts'
import {DiskFiles} from '../workspace/disk-files.ts'
import type {Command} from './command.ts'

export const init: Command = {
  usage: 'progression init [--stdout]',
  summary: 'Writes a first progression.yaml for the overlays, values files and images of this folder.',
  options: {stdout: {type: 'boolean'}},
  help: {stdout: 'print it, write nothing'},
  async run({folder, out, error, values, signal}) {
    const root = fileUri(folder)
    const found = await survey(new DiskFiles(() => [root]), root, signal)
    const text = firstProgression(found)
    if (values.stdout) {
      out.write(text)
      return 0
    }
    const path = join(folder, 'progression.yaml')
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) {
      error.write('There is a progression.yaml here already. progression init --stdout prints what it would have written.\n')
      return 2
    }
    await writeFile(path, text, {flag: 'wx'})
    const names = found.environments.map(({name}) => name).join(', ')
    out.write(
      `Wrote progression.yaml${names ? ` with ${names}` : ' with dev, staging and production, for there are no overlays or values files named after environments'}. Next: progression check\n`,
    )
    return 0
  },
}
