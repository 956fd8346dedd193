import type { DaemonMessage } from './daemon-message.js';

/** Tells the command that started this process in the background. It may have gone: then nobody is told. */
export function tellStarter(message: DaemonMessage): void {
  if (process.connected) process.send?.(message);
}
