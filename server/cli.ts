import {enableCompileCache} from 'node:module'
import {commandLine} from './cli/command-line.ts'

enableCompileCache?.()
process.exitCode = await commandLine(process.argv.slice(2), {
  out: process.stdout,
  error: process.stderr,
  input: process.stdin,
  folder: process.cwd(),
  environment: process.env,
  entry: import.meta.url,
})
