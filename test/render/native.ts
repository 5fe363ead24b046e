import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {mkdtemp, readFile, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {parseAllDocuments} from 'yaml'
import {cacheFolder} from '../../scripts/cache.ts'

const sources = fileURLToPath(new URL('./native/', import.meta.url))
const packages = {kustomize: 'sigs.k8s.io/kustomize/kustomize/v5', helm: 'helm.sh/helm/v4/cmd/helm'}
const execute = promisify(execFile)

export type NativePrograms = {readonly kustomize: string; readonly helm: string}

/** The real Kustomize and Helm, of the versions the engine holds, built once (minutes); undefined where that is not wanted. */
export async function nativePrograms(): Promise<NativePrograms | undefined> {
  const hash = createHash('sha256')
  for (const name of ['go.mod', 'go.sum']) hash.update(await readFile(join(sources, name)))
  const parent = cacheFolder('native')
  const folder = join(parent, hash.digest('hex').slice(0, 16))
  if (!existsSync(folder)) {
    if (process.env.CI !== 'true' && process.env.PROGRESSION_NATIVE === undefined) return undefined
    const work = await mkdtemp(join(parent, 'build-'))
    try {
      const flags = '-s -w -X helm.sh/helm/v4/internal/version.version=v4.2.4'
      for (const [name, path] of Object.entries(packages)) {
        await execute('go', ['build', '-trimpath', '-buildvcs=false', '-ldflags', flags, '-o', join(work, name), path], {
          cwd: sources,
          env: {...process.env, GOWORK: 'off', CGO_ENABLED: '0'},
        })
      }
      await rename(work, folder)
    } finally {
      await rm(work, {recursive: true, force: true})
    }
  }
  return {kustomize: join(folder, 'kustomize'), helm: join(folder, 'helm')}
}

/** What a native program prints: objects, or nothing where it fails. Lists are opened, as the engine does. */
export async function nativeObjects(program: string, args: readonly string[], cwd: string): Promise<readonly unknown[] | undefined> {
  let text: string
  try {
    // No cluster and no repository of whoever runs the tests has a say.
    const environment = {
      ...process.env,
      KUBECONFIG: '/dev/null',
      HELM_CONFIG_HOME: '/nonexistent',
      HELM_CACHE_HOME: '/nonexistent',
      HELM_DATA_HOME: '/nonexistent',
    }
    text = (await execute(program, args, {cwd, env: environment, maxBuffer: 1e8})).stdout
  } catch {
    return undefined
  }
  return parseAllDocuments(text, {uniqueKeys: false, intAsBigInt: false})
    .map(document => document.toJS({maxAliasCount: -1}))
    .filter(object => object !== null)
    .flatMap(object => (String(object.kind).endsWith('List') && Array.isArray(object.items) ? object.items : [object]))
}
