/** What is sent to the render worker: a request frame, given away with its buffer. */
export type Order = {readonly id: number; readonly frame: Uint8Array<ArrayBuffer>}

/** What the render worker says. `memory` is what the engine holds, in bytes. */
export type Report = {readonly kind: 'ready'} | {readonly kind: 'answer'; readonly id: number; readonly text: string; readonly memory: number}

export type WorkerData = {readonly engine: string}
