import {WASI} from 'node:wasi'

type Exports = {
  readonly memory: {readonly buffer: ArrayBuffer}
  alloc(size: number): number
  render(pointer: number): bigint
  free(pointer: number): void
  collect(): void
}

// TypeScript describes WebAssembly only together with a browser.
const {WebAssembly} = globalThis as unknown as {
  readonly WebAssembly: {instantiate(code: Uint8Array<ArrayBuffer>, imports: object): Promise<{readonly instance: {readonly exports: unknown}}>}
}

/**
 * One living instance of the Go engine (engine/main.go): a request frame in, an answer as JSON text out. Everything is kept in
 * its memory, which never shrinks; it opens no file and has no network.
 */
export class EngineInstance {
  readonly #exports: Exports

  private constructor(exports: Exports) {
    this.#exports = exports
  }

  /**
   * Compiles and initialises the module, 300–500 ms. `stderr` is a file descriptor for what Go prints when it crashes.
   * The code is empty afterwards: V8 has a copy, and 40 MB would otherwise wait for a collection that an idle thread never sees.
   */
  static async start(code: Uint8Array<ArrayBuffer>, stderr: number): Promise<EngineInstance> {
    // klog panics without a program name.
    const wasi = new WASI({version: 'preview1', args: ['render'], env: {}, preopens: {}, stdout: stderr, stderr, returnOnExit: true})
    const {instance} = await WebAssembly.instantiate(code, wasi.getImportObject())
    code.buffer.transfer(0)
    wasi.initialize(instance)
    return new EngineInstance(instance.exports as Exports)
  }

  /** Answers one request. Throws when the instance crashed; it must not be used again then. */
  render(frame: Uint8Array): string {
    const {alloc, render, free} = this.#exports
    const pointer = alloc(frame.byteLength) >>> 0
    this.#bytes(pointer, frame.byteLength).set(frame)
    const packed = BigInt.asUintN(64, render(pointer))
    const [answer, size] = [Number(packed >> 32n), Number(packed & 0xffff_ffffn)]
    const text = new TextDecoder().decode(this.#bytes(answer, size))
    free(pointer)
    free(answer)
    return text
  }

  /** Frees what renderings have left behind; 10–50 ms where it is much. To be called once the answer is on its way. */
  collect(): void {
    this.#exports.collect()
  }

  /** Bytes of memory the instance holds. */
  get memory(): number {
    return this.#exports.memory.buffer.byteLength
  }

  /** A fresh view: memory that grew has a new buffer. */
  #bytes(pointer: number, size: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, pointer, size)
  }
}
