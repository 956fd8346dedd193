import { open } from 'node:fs/promises';
import { GatewayError, systemErrorCode } from '@sluice/provider-kit';

/** A file of logins is a few kilobytes; whatever is larger is something else. */
export const MAX_LOGIN_FILE_BYTES = 8 * 1024 * 1024;

/**
 * The text of a file; undefined = there is no such file.
 * @throws GatewayError when it cannot be read or is too large
 */
export async function readBoundedFile(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_LOGIN_FILE_BYTES) throw unreadable(path, `it is larger than ${MAX_LOGIN_FILE_BYTES} bytes`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    if (error instanceof GatewayError) throw error;
    throw unreadable(path, systemErrorCode(error) ?? 'unknown reason', error);
  }
}

function unreadable(path: string, why: string, cause?: unknown): GatewayError {
  return new GatewayError({
    kind: 'upstream_auth_failed',
    message: `The login file ${path} cannot be read (${why}).`,
    ...(cause === undefined ? {} : { cause }),
  });
}
