import {commands, type Disposable, type LogOutputChannel, window} from 'vscode'

/** One entry of the palette, or what a click runs. */
export interface Command {
  /** As in package.json. */
  readonly id: string
  run(...parameters: readonly unknown[]): Promise<void>
}

/** Registers a command so that whatever it throws is logged and told, with a way to the log. */
export function registerCommand(command: Command, log: LogOutputChannel): Disposable {
  return commands.registerCommand(command.id, async (...parameters: readonly unknown[]) => {
    try {
      await command.run(...parameters)
    } catch (error) {
      log.error(`${command.id}:`, error instanceof Error ? error : String(error))
      await tell(error instanceof Error ? error.message : String(error), log)
    }
  })
}

async function tell(message: string, log: LogOutputChannel): Promise<void> {
  if ((await window.showErrorMessage(message, 'Show Log')) === 'Show Log') log.show()
}
