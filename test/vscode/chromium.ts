import {existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {MissingPrerequisite} from '../cluster/prerequisites.ts'
import {run} from '../cluster/run.ts'

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/**
 * A browser of the Chromium family: `CHROMIUM`, else one of the PATH, else Debian's, installed with apt where we may.
 * @throws MissingPrerequisite that says what to install
 */
export async function requireChromium(onProgress?: (message: string) => void, signal?: AbortSignal): Promise<string> {
  const found = find()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    onProgress?.('installing chromium with apt-get')
    const environment = {DEBIAN_FRONTEND: 'noninteractive'}
    await run('apt-get', ['update', '-qq'], {environment, signal})
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {environment, signal})
    const installed = find()
    if (installed !== undefined) return installed
  }
  throw new MissingPrerequisite(
    'Chromium',
    'VS Code is tested in a browser, and there is no Chromium here. Install chromium (Debian: apt install chromium; macOS: brew install --cask chromium) or Google Chrome, or name its program in CHROMIUM.',
  )
}

function find(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const candidates = [process.env.CHROMIUM, ...programs.flatMap(program => folders.map(folder => join(folder, program))), ...elsewhere]
  return candidates.find(candidate => candidate !== undefined && candidate !== '' && existsSync(candidate))
}
