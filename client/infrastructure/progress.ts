import {ProgressLocation, window} from 'vscode'

/** Says what is being done now. */
export type ReportStep = (message: string) => void

/**
 * Runs something long under a notification with a Cancel button. The signal is aborted by that button; the notification then
 * closes at once although the work may still have something to undo, so the status bar keeps saying so until it ends.
 */
export async function withProgress<T>(title: string, work: (signal: AbortSignal, report: ReportStep) => Promise<T>): Promise<T> {
  return await window.withProgress({location: ProgressLocation.Notification, title, cancellable: true}, async (progress, token) => {
    const abort = new AbortController()
    const running = work(abort.signal, message => progress.report({message}))
    const subscription = token.onCancellationRequested(() => {
      abort.abort()
      window.setStatusBarMessage(
        `$(sync~spin) Stopping: ${title}`,
        running.catch(() => undefined),
      )
    })
    try {
      return await running
    } finally {
      subscription.dispose()
    }
  })
}
