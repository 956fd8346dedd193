import type { Terminal } from '../terminal.js';
import { EXIT_FAILURE } from './exit-codes.js';

/** Windows has no signals that a process could answer in order. @returns the exit code */
export function explainNoSignals(terminal: Terminal, instead: string): number {
  terminal.warn(`Windows cannot do this: it has no signals for services of this kind. ${instead}`);
  return EXIT_FAILURE;
}
