/** How long the database may be locked by kiro-cli before a write is given up. */
const BUSY_TIMEOUT_MS = 5_000;

/** As much as is needed of SQLite in node itself, which keeps to the locks of other programs. */
interface SystemSqlite {
  readonly DatabaseSync: new (path: string) => {
    exec(sql: string): void;
    prepare(sql: string): { run(...values: readonly string[]): { readonly changes: number | bigint } };
    close(): void;
  };
}

/** Puts a token into kiro-cli's database. */
export type CliDatabaseWriter = (path: string, change: TokenChange) => boolean;

export interface TokenChange {
  readonly key: string;
  /** The JSON that was read: where another one stands by now, nothing is written. */
  readonly replaced: string;
  readonly value: string;
}

/**
 * The writer of this system; undefined = there is none, because only node 22.5 and later can take the database's locks. Anything
 * else could destroy the database while kiro-cli has it open.
 */
export function cliDatabaseWriter(sqlite: SystemSqlite | undefined = systemSqlite()): CliDatabaseWriter | undefined {
  if (sqlite === undefined) return undefined;
  return (path, { key, replaced, value }) => {
    const database = new sqlite.DatabaseSync(path);
    try {
      database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      const update = database.prepare('UPDATE auth_kv SET value = ? WHERE key = ? AND CAST(value AS TEXT) = ?');
      return Number(update.run(value, key, replaced).changes) > 0;
    } finally {
      database.close();
    }
  };
}

function systemSqlite(): SystemSqlite | undefined {
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown }; // node 20.16 and later
  return getBuiltinModule?.('node:sqlite') as SystemSqlite | undefined; // the part of its interface that is used
}
