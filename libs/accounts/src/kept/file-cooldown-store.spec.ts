import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileCooldownStore } from './file-cooldown-store.js';
import type { KeptCooldown } from './kept-cooldown.js';

const FILE = 'cooldowns.json';
const COOLDOWNS: readonly KeptCooldown[] = [
  {
    type: 'rest',
    account: 'a digest',
    model: 'm1',
    untilMs: 2_000,
    isTold: true,
    throttlings: 0,
    notedAtMs: 1_000,
    kind: 'upstream_rate_limited',
    message: 'Too fast.',
    status: 429,
  },
  { type: 'low', account: 'b digest', untilMs: 1_500 },
];

describe('FileCooldownStore', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'cooldowns-')), 'data');
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  it('has nothing before anything was kept', async () => {
    expect(await new FileCooldownStore(directory).load()).toEqual([]);
  });

  it('gives back what was kept last, to another process too', async () => {
    const store = new FileCooldownStore(directory);
    await store.save([]);
    await store.save(COOLDOWNS);

    expect(await new FileCooldownStore(directory).load()).toEqual(COOLDOWNS);
  });

  it('leaves one file behind, for its owner alone', async () => {
    const store = new FileCooldownStore(directory);

    await store.save(COOLDOWNS);

    expect(await readdir(directory)).toEqual([FILE]);
    expect((await stat(join(directory, FILE))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"version":1,"cooldowns":[{"type":"low"'],
    ['a later version', '{"version":2,"cooldowns":[]}'],
    ['an entry of another kind', '{"version":1,"cooldowns":[{"type":"naps","account":"a","untilMs":1}]}'],
    [
      'a kind of error that nobody knows',
      '{"version":1,"cooldowns":[{"type":"rest","account":"a","untilMs":1,"isTold":true,"throttlings":0,"notedAtMs":1,"kind":"toString","message":""}]}',
    ],
    ['more than a mebibyte', `{"version":1,"cooldowns":[]}${' '.repeat(1024 * 1024)}`],
  ])('says which file is not what it should be: %s', async (_what, text) => {
    const store = new FileCooldownStore(directory);
    await store.save([]);
    await writeFile(join(directory, FILE), text);

    await expect(store.load()).rejects.toThrow(FILE);
  });
});
