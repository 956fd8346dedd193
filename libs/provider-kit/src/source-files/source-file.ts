import { hash } from 'node:crypto';

/** A file that a configuration was read from, and what stood in it then. */
export interface SourceFile {
  /** As it was opened. */
  readonly path: string;
  /** {@link digestText} of its text; undefined = it was not there or could not be read. */
  readonly digest: string | undefined;
}

/** Tells two texts apart without keeping either: SHA-256, base64url. */
export function digestText(text: string): string {
  return hash('sha256', text, 'base64url');
}
