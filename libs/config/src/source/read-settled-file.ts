import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadTextFile } from './read-text-file.js';

/** Editors empty a file, or take it away, before they write it. */
export const UNSETTLED_PAUSE_MS = 100;
/** How often such a file is read again before it is taken at its word: two seconds in all. */
export const MAX_UNSETTLED_READS = 20;

/**
 * Reads one file patiently: while it is empty or not there, somebody may be in the middle of saving it. Others are read as they are.
 * @param pause default: the machine's timer
 */
export function readSettledFile(
  patientFor: string,
  readFile: ReadTextFile,
  pause: (ms: number) => Promise<unknown> = sleep,
): ReadTextFile {
  return async (path) => {
    let text = await readFile(path);
    if (path !== patientFor) return text;
    for (let reads = 1; (text ?? '') === '' && reads < MAX_UNSETTLED_READS; reads += 1) {
      await pause(UNSETTLED_PAUSE_MS);
      text = await readFile(path);
    }
    return text;
  };
}
