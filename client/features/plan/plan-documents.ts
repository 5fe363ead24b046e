import {EventEmitter, languages, type TextDocumentContentProvider, Uri, window, workspace} from 'vscode'
import type {Plan} from '../../../server/protocol.ts'
import {Disposable} from '../../infrastructure/disposable.ts'
import {planText} from './plan-text.ts'

const scheme = 'progression-plan'

/** Plans as read-only documents, one an environment, so that a new one takes the place of the old. */
export class PlanDocuments extends Disposable implements TextDocumentContentProvider {
  readonly #changed = this.register(new EventEmitter<Uri>())
  readonly #texts = new Map<string, string>()

  readonly onDidChange = this.#changed.event

  constructor() {
    super()
    this.register(workspace.registerTextDocumentContentProvider(scheme, this))
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? 'This plan is no longer known. Run Progression: Show Plan again.\n'
  }

  async show(plan: Plan): Promise<void> {
    const uri = Uri.from({scheme, path: `/${plan.progression}/${plan.action} ${plan.environment}`})
    this.#texts.set(uri.path, planText(plan))
    this.#changed.fire(uri)
    const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), 'diff')
    await window.showTextDocument(document, {preview: true})
  }
}
