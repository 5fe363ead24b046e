import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cacheFolder} from '../../scripts/cache.ts'

const version = '2.0.0'

/** Milliseconds that yaml-language-server waits after each key stroke before it looks. */
export const peerDebounce = 200

/** What people use for YAML today, installed outside the work tree at its first use, with our schema so that it has the same to check. */
export function yamlLanguageServer(): {readonly name: string; readonly command: readonly string[]; readonly settings: Readonly<Record<string, unknown>>} {
  const folder = join(cacheFolder('bench'), `yaml-language-server-${version}`)
  const program = join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server')
  if (!existsSync(program)) {
    console.error(`Installing yaml-language-server ${version} to measure against…`)
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, `yaml-language-server@${version}`], {stdio: ['ignore', 'ignore', 'inherit']})
  }
  const schema = new URL('../../schemas/progression.schema.json', import.meta.url)
  const yaml = {validate: true, hover: true, completion: true, schemaStore: {enable: false}, schemas: {[schema.href]: ['**/progression.yaml']}}
  return {name: `yaml-language-server ${version}`, command: [process.execPath, program, '--stdio'], settings: {yaml, http: {}, '[yaml]': {}}}
}

/** Our server as it is shipped. */
export const ourServer = (): readonly string[] => [process.execPath, fileURLToPath(new URL('../../dist/server.mjs', import.meta.url)), '--stdio']
