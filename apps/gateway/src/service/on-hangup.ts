import { closeSync, openSync } from 'node:fs';

const TERMINAL = '/dev/tty';

/** What is needed of node's `process`. */
export type HangupProcess = Pick<NodeJS.Process, 'on' | 'off'>;

export interface HangupActions {
  /** Somebody sent SIGHUP: `sluice reload`, `systemctl reload`, `kill -HUP`. */
  readonly reload: () => void;
  /** The terminal that the process was started in has been closed. */
  readonly stop: () => void;
}

export interface HangupOptions {
  readonly target?: HangupProcess;
  /** Whether the process had a terminal and it is gone. */
  readonly hasLostTerminal?: () => boolean;
}

/** SIGHUP has two meanings; which one it is shows in the terminal. @returns what ends listening */
export function onHangup(
  { reload, stop }: HangupActions,
  { target = process, hasLostTerminal = terminalLoss() }: HangupOptions = {},
): () => void {
  const listener = (): void => (hasLostTerminal() ? stop() : reload());
  target.on('SIGHUP', listener);
  return () => void target.off('SIGHUP', listener);
}

function terminalLoss(): () => boolean {
  const hadTerminal = process.stdin.isTTY;
  return () => hadTerminal && !canOpen(TERMINAL);
}

function canOpen(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}
