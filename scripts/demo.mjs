import {runPrepared} from './setup.mjs'

await runPrepared('demo/main.ts', process.argv.slice(2))
