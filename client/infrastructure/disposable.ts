import type {Disposable as VsCodeDisposable} from 'vscode'

/** Owns what it registers and lets go of it in reverse order. */
export class Disposable implements VsCodeDisposable {
  readonly #owned: VsCodeDisposable[] = []

  protected register<T extends VsCodeDisposable>(owned: T): T {
    this.#owned.push(owned)
    return owned
  }

  dispose(): void {
    for (const owned of this.#owned.splice(0).reverse()) owned.dispose()
  }
}
