import {writeFile} from 'node:fs/promises'
import {referencePage} from './reference/page.ts'

// docs/format.md is committed, so that it can be read where nothing is installed; a test holds it to the schema.
await writeFile(new URL('../docs/format.md', import.meta.url), await referencePage())
