import type {Plugin} from 'esbuild'

/** Leaves a package out of a CommonJS bundle that imports it dynamically, and loads `file` beside the bundle instead. */
export const loadedLater = (name: string, file: string): Plugin => ({
  name: 'loaded-later',
  setup(build) {
    build.onResolve({filter: /./}, ({path, kind}) => (path === name && kind === 'dynamic-import' ? {path: file, external: true} : undefined))
  },
})
