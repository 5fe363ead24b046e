import {enableCompileCache} from 'node:module'
import manifest from '../package.json' with {type: 'json'}

// Before anything large is loaded, so that the next start finds all of it compiled.
enableCompileCache?.()
const {startServer} = await import('./lsp/start.ts')
startServer({
  version: manifest.version,
  async createService() {
    const {createService} = await import('./service.ts')
    return parts => createService(import.meta.url, parts)
  },
})
