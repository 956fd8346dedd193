import type { Configuration } from './configuration.js';
import type { LogLevel } from './declaration/logging-section.js';

/** What the process itself is set up with; most of it is fixed from start to stop. Type and injection token in one. */
export abstract class BootConfiguration {
  abstract readonly host: string;
  /** 0 = any free port. */
  abstract readonly port: number;
  /** How long open answers may take to finish after a stop. */
  abstract readonly drainTimeoutMs: number;
  /** How long an idle client connection stays open. */
  abstract readonly keepAliveTimeoutMs: number;
  abstract readonly logLevel: LogLevel;
  /** Undefined = the process's own output. */
  abstract readonly logFile: string | undefined;
  abstract readonly maxLogFileBytes: number;
  abstract readonly maxLogFiles: number;
  abstract readonly dataDirectory: string;
  /** Undefined = a key file in the data directory. */
  abstract readonly encryptionKey: string | undefined;
  /** `embedded`, `none`, or a PostgreSQL URL, which may hold a password. */
  abstract readonly databaseUrl: string;
  /** May hold a password. */
  abstract readonly redisUrl: string | undefined;
}

/** The part of a configuration that no request holds on to, frozen. */
export function readBootConfiguration({
  server,
  logging,
  dataDirectory,
  encryptionKey,
  database,
  redis,
}: Configuration): BootConfiguration {
  return Object.freeze({
    host: server.host,
    port: server.port,
    drainTimeoutMs: server.drainTimeoutMs,
    keepAliveTimeoutMs: server.keepAliveTimeoutMs,
    logLevel: logging.level,
    logFile: logging.file,
    maxLogFileBytes: logging.maxFileBytes,
    maxLogFiles: logging.maxFiles,
    dataDirectory,
    encryptionKey,
    databaseUrl: database.url,
    redisUrl: redis.url,
  });
}
