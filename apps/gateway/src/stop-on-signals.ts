const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const EXIT_CODE_OF_A_KILLED_PROCESS = 130;

/** Waits for SIGTERM or SIGINT, then stops; a second signal ends the process at once. Resolves when the stop is complete. */
export function stopOnSignals(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let isStopping = false;
    const onSignal = (): void => {
      if (isStopping) process.exit(EXIT_CODE_OF_A_KILLED_PROCESS);
      isStopping = true;
      stop().then(() => {
        for (const signal of SIGNALS) process.off(signal, onSignal);
        resolve();
      }, reject);
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
  });
}
