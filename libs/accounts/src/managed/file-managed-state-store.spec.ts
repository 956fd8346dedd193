import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileManagedStateStore } from './file-managed-state-store.js';
import type { ManagedState } from './managed-state.js';

const FILE = 'managed-accounts.json';
const STATE: ManagedState = {
  changes: { first: { enabled: false }, second: { priority: 3 } },
  added: [{ id: 'kiro-1', provider: 'kiro', settings: { endpoint: ['ide'] } }],
  strategies: { kiro: 'balanced' },
  numbers: { first: 1, 'kiro-1': 2 },
};

describe('FileManagedStateStore', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'managed-')), 'data');
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  it('has nothing before anything was changed', async () => {
    expect(await new FileManagedStateStore(directory).load()).toBeUndefined();
  });

  it('gives back what was kept, to another process too', async () => {
    await new FileManagedStateStore(directory).save(STATE);

    expect(await new FileManagedStateStore(directory).load()).toEqual(STATE);
  });

  it('leaves one file behind, for its owner alone', async () => {
    const store = new FileManagedStateStore(directory);

    await store.save(STATE);
    await store.save({ ...STATE, changes: {} });

    expect(await readdir(directory)).toEqual([FILE]);
    expect((await stat(join(directory, FILE))).mode & 0o777).toBe(0o600);
  });

  it.each(['', '[]', '{"changes":{"a":{"priority":"x"}},"added":[],"strategies":{},"numbers":{}}'])(
    'says which file is not what it should be: %j',
    async (text) => {
      const store = new FileManagedStateStore(directory);
      await store.save(STATE);
      await writeFile(join(directory, FILE), text);

      await expect(store.load()).rejects.toMatchObject({
        name: 'CredentialStoreError',
        code: 'unreadable',
        message: expect.stringContaining(FILE) as string,
      });
    },
  );
});
