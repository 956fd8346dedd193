import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OpenLogDestination } from './log-destination.js';

/** Lines are handed to the system in pieces of at least this size … */
const MIN_WRITE_BYTES = 64 * 1024;
/** … and of at most this size … */
const MAX_WRITE_BYTES = 128 * 1024;
/** … or after this time. */
const FLUSH_INTERVAL_MS = 250;
/** Lines that wait for a slow disk; further ones are dropped and counted. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Readable by the owner and the group. */
const LOG_FILE_MODE = 0o640;
/** The day in the name of a file, by the machine's time zone. */
const DATE_FORMAT = 'yyyy-MM-dd';

export interface LogFileOptions {
  /** `logs/sluice.log` is written as `logs/sluice.<date>.<number>.log`. The folder is made if it is missing. */
  readonly file: string;
  /** A larger file is followed by the next one. */
  readonly maxFileBytes: number;
  /** Older ones are deleted when a new one is begun. */
  readonly maxFiles: number;
}

/**
 * Opens a log that goes on in a new file every day, and when a file is full. `current.log` beside them leads to the newest one,
 * where the system has such links. What waits is also written when the process exits.
 * @throws the system's error when the file cannot be written
 */
export async function openLogFile({ file, maxFileBytes, maxFiles }: LogFileOptions): Promise<OpenLogDestination> {
  await mkdir(dirname(file), { recursive: true });
  const { default: openRolling } = await import('pino-roll');
  const stream = await openRolling({
    file,
    size: `${maxFileBytes}b`,
    frequency: 'daily',
    dateFormat: DATE_FORMAT,
    symlink: process.platform !== 'win32', // there it takes rights that services rarely have
    limit: { count: maxFiles, removeOtherLogFiles: true },
    mode: LOG_FILE_MODE,
    sync: false,
    minLength: MIN_WRITE_BYTES,
    maxWrite: MAX_WRITE_BYTES,
    periodicFlush: FLUSH_INTERVAL_MS,
    maxLength: MAX_WAITING_BYTES,
  });
  await once(stream, 'ready'); // rejects with the first error
  let lost = 0;
  const lose = (): void => void (lost += 1);
  stream.on('drop', lose).on('error', lose); // a full disk must not stop the gateway: it is tried again
  const flush = (): void => {
    try {
      stream.flushSync();
    } catch {
      lose();
    }
  };
  process.once('exit', flush);
  return {
    write: (line) => void stream.write(line),
    flush,
    get lost() {
      return lost;
    },
  };
}
