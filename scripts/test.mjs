import {runPrepared} from './setup.mjs'

await runPrepared('test/main.ts', process.argv.slice(2))
