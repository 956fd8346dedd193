import type { SourceFile } from './source-file.js';

const filesOf = new WeakMap<object, readonly SourceFile[]>();

/**
 * Notes what had been read when an error came up, so that the configuration is read again as soon as somebody mends it.
 * @returns the error, to be thrown
 */
export function noteSourceFiles(error: unknown, files: readonly SourceFile[]): unknown {
  if (typeof error === 'object' && error !== null) filesOf.set(error, files);
  return error;
}

/** Empty = nobody has noted any. */
export function sourceFilesOf(error: unknown): readonly SourceFile[] {
  return (typeof error === 'object' && error !== null ? filesOf.get(error) : undefined) ?? [];
}
