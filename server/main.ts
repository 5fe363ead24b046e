import {enableCompileCache} from 'node:module'
import manifest from '../package.json' with {type: 'json'}

// Before anything large is loaded, so that the next start finds all of it compiled.
enableCompileCache?.()
const {startServer} = await import('./lsp/start.ts')
startServer({
  version: manifest.version,
  createService: async () => (await import('./lsp/language-service.ts')).createLanguageService,
})
