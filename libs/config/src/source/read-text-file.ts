import { readFile } from 'node:fs/promises';

/** Reads a text file; undefined = there is none. @throws the system's error for everything else */
export type ReadTextFile = (path: string) => Promise<string | undefined>;

export const readTextFile: ReadTextFile = async (path) => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** `EACCES`, `EISDIR` … of a failed system call. */
export function systemErrorCode(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}
