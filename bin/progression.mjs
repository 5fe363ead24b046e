#!/usr/bin/env node
// Plain JavaScript that an old Node understands too, so that it can say what is needed.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`progression needs Node 22.19 or newer; this is ${process.versions.node} (${process.execPath}).\n`)
  process.exitCode = 2
} else {
  await import('../dist/cli.mjs')
}
