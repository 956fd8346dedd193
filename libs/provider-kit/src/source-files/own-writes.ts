import { resolve } from 'node:path';
import { digestText } from './source-file.js';

/** Written texts that are remembered; the oldest is forgotten first, and then costs one reload. */
export const MAX_OWN_WRITES = 1_000;

/** Path and digest of what this process wrote, oldest first. One for the process: whoever watches a file did not write it. */
const written = new Set<string>();

/** To be called before a provider writes a renewed login back into a file that the configuration names. */
export function rememberOwnWrite(path: string, text: string): void {
  const key = keyOf(path, digestText(text));
  written.delete(key);
  written.add(key);
  const [oldest] = written;
  if (written.size > MAX_OWN_WRITES && oldest !== undefined) written.delete(oldest);
}

/** Whether what stands in a file was put there by this process: then it is known already. */
export function isOwnWrite(path: string, digest: string): boolean {
  return written.has(keyOf(path, digest));
}

function keyOf(path: string, digest: string): string {
  return `${digest} ${resolve(path)}`;
}
