import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, z } from '@sluice/provider-kit';
import { CredentialStoreError } from '../file-store/credential-store-error.js';
import { ManagedStateStore, type ManagedState } from './managed-state.js';

/** A larger file is none of ours. */
export const MAX_STATE_BYTES = 4 * 1024 * 1024;
const FILE = 'managed-accounts.json';

const changeInFile = z.object({
  enabled: z.boolean().exactOptional(),
  priority: z.int().exactOptional(),
  isInFile: z.boolean().exactOptional(),
});
const stateFile = z.object({
  changes: z.record(z.string(), changeInFile),
  added: z.array(z.object({ id: z.string(), provider: z.string(), settings: z.record(z.string(), z.unknown()) })),
  strategies: z.record(z.string(), z.enum(['round-robin', 'fill-first', 'priority', 'balanced'])),
  numbers: z.record(z.string(), z.int()),
});

/** The state as a JSON file in the data directory, replaced as a whole. */
export class FileManagedStateStore extends ManagedStateStore {
  readonly #file: string;

  constructor(private readonly directory: string) {
    super();
    this.#file = join(directory, FILE);
  }

  /** @throws CredentialStoreError `unreadable`, naming the file, when it cannot be read as what it should be */
  async load(): Promise<ManagedState | undefined> {
    try {
      if ((await stat(this.#file)).size > MAX_STATE_BYTES) throw new Error('it is too large');
      return stateFile.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // node's file errors carry one
      const message = `${this.#file} cannot be read. Repair it, or take it away to begin anew.`;
      throw new CredentialStoreError('unreadable', message, error);
    }
  }

  async save(state: ManagedState): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await replaceFile(this.#file, `${JSON.stringify(state, undefined, 2)}\n`);
  }
}
