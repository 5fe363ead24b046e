import type {LogOutputChannel} from 'vscode'
import type {Location} from '../../../server/protocol.ts'
import type {Command} from '../../infrastructure/commands.ts'
import type {GraphStore} from '../../infrastructure/graph-store.ts'
import type {ProgressionServer} from '../../infrastructure/language-client.ts'
import {showSource} from '../../infrastructure/show-source.ts'

export type ServerParts = {readonly server: ProgressionServer; readonly store: GraphStore; readonly log: LogOutputChannel}

/** The small commands: each is one call. */
export const serverCommands = ({server, store, log}: ServerParts): readonly Command[] => [
  {id: 'progression.restartServer', run: () => server.restart()},
  {id: 'progression.showLog', run: async () => log.show()},
  {
    id: 'progression.refreshStatus',
    run: async () => {
      await store.load()
      await store.askClusters(true)
    },
  },
  {
    id: 'progression.openSource',
    run: async (clicked: unknown) => {
      const at = locationOf(clicked)
      if (at !== undefined) await showSource(at)
    },
  },
]

/** A place itself, or the place of an element of the tree. */
function locationOf(clicked: unknown): Location | undefined {
  if (typeof clicked !== 'object' || clicked === null) return undefined
  if ('uri' in clicked && 'range' in clicked) return clicked as Location
  const holder = 'node' in clicked ? clicked.node : 'progression' in clicked ? clicked.progression : undefined
  return typeof holder === 'object' && holder !== null && 'at' in holder ? (holder.at as Location | undefined) : undefined
}
