const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does `work`, which must be synchronous, when this process ends by itself or by a signal. Where nobody else listens
 * to the signal the process still ends by it; where somebody does, they decide when.
 * @returns takes it back
 */
export function atExit(work: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    forget()
    work()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  const onExit = () => {
    forget()
    work()
  }
  const forget = () => {
    process.off('exit', onExit)
    for (const signal of signals) process.off(signal, onSignal)
  }
  process.once('exit', onExit)
  for (const signal of signals) process.on(signal, onSignal)
  return forget
}
