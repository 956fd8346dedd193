const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const EXIT_CODE_OF_A_KILLED_PROCESS = 130;

/** What is needed of node's `process`. */
export type SignalledProcess = Pick<NodeJS.Process, 'on' | 'off' | 'exit'>;

/**
 * Waits for SIGTERM or SIGINT, then stops; a second signal ends the process at once. Resolves when the stop is complete.
 * @throws whatever `stop` throws
 */
export function stopOnSignals(stop: () => Promise<void>, target: SignalledProcess = process): Promise<void> {
  return new Promise((resolve, reject) => {
    let isStopping = false;
    const onSignal = (): void => {
      if (isStopping) target.exit(EXIT_CODE_OF_A_KILLED_PROCESS);
      isStopping = true;
      stop()
        .finally(() => {
          for (const signal of SIGNALS) target.off(signal, onSignal);
        })
        .then(resolve, reject);
    };
    for (const signal of SIGNALS) target.on(signal, onSignal);
  });
}
