/**
 * What the editor asks the server beyond the language server protocol, and what the server tells it: plain data, no behaviour.
 * The one file of `server/` that `client/` may import, so nothing here imports anything.
 */

/** Names of the requests, client to server. Each answers with the type beside it. */
export const requests = {
  /** `GraphParameters` → `Graph`. From files and what is already known of the clusters; never asks a cluster itself. */
  graph: 'progression/graph',
  /** `ChecklistParameters` → `Checklists`. From files alone. */
  checklist: 'progression/checklist',
  /** `StatusParameters` → `Status`. Asks the clusters of a progression, starts the cluster worker and keeps watching afterwards. */
  status: 'progression/status',
  /** `PlanParameters` → `Plan`. Renders, dry-runs on the API server, writes nothing. */
  plan: 'progression/plan',
  /** `RunParameters` → `Outcome`. Does what a plan of action `promote` says; reports progress on `workDoneToken`. */
  promote: 'progression/promote',
  /** `RunParameters` → `Outcome`. Does what a plan of action `rollback` says; reports progress on `workDoneToken`. */
  rollback: 'progression/rollback',
  /** No parameters → null. Ends the cluster worker as a crash would. Registered only with `testMode`. */
  killClusterWorker: 'progression/test/killClusterWorker',
} as const

/** Names of the notifications, server to client. */
export const notifications = {
  /** `Changed`. Files or live state behind a graph changed; coalesced, so ask again rather than count. */
  changed: 'progression/changed',
} as const

/** `initializationOptions` of the extension. Other clients may leave all of it out. */
export type InitializationOptions = {
  /** False in an untrusted workspace: no cluster, no user binary. True where the client does not say. */
  readonly trusted?: boolean
  /** Registers requests that only tests use. */
  readonly testMode?: boolean
}

export type Position = {readonly line: number; readonly character: number}
/** Zero-based lines and UTF-16 units, as in the language server protocol. */
export type Location = {readonly uri: string; readonly range: {readonly start: Position; readonly end: Position}}

/** How something is to be drawn; the words beside it say what it is. A client colours by this and knows no phases. */
export type Tone = 'neutral' | 'waiting' | 'active' | 'good' | 'attention' | 'bad'

/** Which progressions: all of the workspace, or those of one document. */
export type GraphParameters = {readonly uri?: string}

export type Graph = {readonly progressions: readonly ProgressionView[]}

export type ProgressionView = {
  /** Stays the same while the document and the name do. */
  readonly id: string
  readonly name: string
  /** The document that declares it. */
  readonly uri: string
  readonly at: Location
  /** Environments in the order of the progression, each followed by its steps in their order. */
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /**
   * A mermaid flowchart. Its node identifiers are `GraphNode.drawnAs`; every text from a file is escaped. It names the tone as a
   * class (`:::good`) and sets no colour, so that the client can follow the theme.
   */
  readonly mermaid: string
  readonly live: Live
}

/** Whether the clusters behind a progression were asked, and what came of it. */
export type Live =
  | {readonly state: 'notAsked'}
  | {readonly state: 'asking'}
  /** `asOf` is an ISO 8601 instant. */
  | {readonly state: 'known'; readonly asOf: string}
  /** `message` says what could not be read, why, and the way out. */
  | {readonly state: 'unreachable'; readonly message: string; readonly asOf?: string}

export type GraphNode = {
  /** Unique in the progression and the same as long as the thing it stands for: `production`, `production/smoke`. */
  readonly id: string
  /** The node's identifier in the mermaid text, where it is drawn. */
  readonly drawnAs?: string
  readonly kind: 'trigger' | 'environment' | 'step'
  /** The environment this node is or belongs to; absent for a trigger. */
  readonly environment?: string
  readonly label: string
  /** Known only where the file or the name says so. */
  readonly production?: boolean
  /** The phase in words, or of a step what it does: `verified`, `rolling out, 2 of 3 pods`, `not promoted yet`. */
  readonly detail?: string
  /** More, for a tooltip or a screen reader; plain text, several lines. */
  readonly description?: string
  readonly tone: Tone
  /** Identifier of the release that runs there, where it is known. */
  readonly release?: string
  readonly at?: Location
  /** What can be done from here now; a client offers no other action. */
  readonly actions: readonly Action[]
}

export type GraphEdge = {readonly from: string; readonly to: string; readonly label?: string; readonly automatic?: boolean}

export type Action = 'promote' | 'rollback'

export type Changed = {
  /** Documents whose graph changed; absent means any. */
  readonly uris?: readonly string[]
}

/** Which progressions: all of the workspace, or those of one document. */
export type ChecklistParameters = {readonly uri?: string}

export type Checklists = {readonly progressions: readonly Checklist[]}

/** What a way to production should have, ten items in an order that stays the same. */
export type Checklist = {
  /** That of `ProgressionView`. */
  readonly id: string
  readonly name: string
  readonly uri: string
  readonly items: readonly ChecklistItem[]
}

export type ChecklistItem = {
  /** `smoke-tests`; the same in every progression. */
  readonly id: string
  readonly title: string
  readonly state: 'done' | 'missing' | 'unknown'
  /** One sentence: what there is, or what is missing where. */
  readonly message: string
  /** The place that shows it, or where it would stand. */
  readonly at?: Location
}

export type StatusParameters = {readonly uri: string; readonly progression?: string}

export type Status = {readonly environments: readonly EnvironmentStatus[]}

export type EnvironmentStatus = {
  readonly progression: string
  readonly environment: string
  readonly phase: string
  /** The phase in words. */
  readonly detail: string
  readonly tone: Tone
  readonly release?: string
  /** What the last rollback took from verdict to last bad endpoint, in seconds. */
  readonly lastRollbackSeconds?: number
}

export type PlanParameters = {
  readonly uri: string
  readonly progression: string
  readonly environment: string
  readonly action: Action
  /** A release to promote, or a revision to go back to; absent means the engine's own choice. */
  readonly release?: string
  /** `name@sha256:…` each. */
  readonly images?: readonly string[]
}

/** What would happen. Everything a person needs to say yes or no, and the digest that binds the yes to exactly this. */
export type Plan = {
  readonly uri: string
  readonly progression: string
  readonly environment: string
  readonly action: Action
  /** Changes when anything below or behind it changes; a run with an outdated one is refused. */
  readonly digest: string
  readonly production: boolean
  readonly targets: readonly PlanTarget[]
  /** Release to be, and the one that runs now. */
  readonly release: string
  readonly from?: string
  /** What is done, one line each, in order. */
  readonly summary: readonly string[]
  readonly changes: readonly PlanChange[]
  /** Why it cannot run; empty means it can. */
  readonly refusals: readonly string[]
  /** What a person should know before saying yes. */
  readonly remarks: readonly string[]
  readonly estimatedRollbackSeconds?: number
}

export type PlanTarget = {
  readonly name?: string
  readonly cluster: string
  /** The kubeconfig context that is used. */
  readonly context: string
  /** URL of the API server, without credentials. */
  readonly server: string
  readonly namespace: string
}

export type PlanChange = {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly action: 'create' | 'change' | 'unchanged' | 'prune'
  readonly because?: 'image' | 'shared' | 'environment'
  /** Unified diff, secrets masked. */
  readonly diff?: string
}

export type RunParameters = {
  readonly uri: string
  readonly progression: string
  readonly environment: string
  readonly planDigest: string
  /** The environment's name as a person typed it; required for a production. */
  readonly confirmation?: string
  readonly workDoneToken?: string | number
}

export type Outcome = {
  /** `aborted` is a person's stop that left nothing changed; a stop after the first write ends in one of the others. */
  readonly result: 'verified' | 'failed' | 'rolledBack' | 'rollbackFailed' | 'blocked' | 'refused' | 'aborted'
  /** One sentence or two: what is true now, the number, the way out. */
  readonly message: string
  readonly release?: string
  /** Whole run in seconds. */
  readonly seconds?: number
  /** Verdict to last bad endpoint, in seconds, where something was rolled back. */
  readonly rollbackSeconds?: number
}
