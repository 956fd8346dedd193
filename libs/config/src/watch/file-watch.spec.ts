import { jest } from '@jest/globals';
import { digestText, rememberOwnWrite } from '@sluice/provider-kit';
import { FileWatch } from './file-watch.js';
import type { DirectoryEvents } from './watch-directory.js';

const FILE = '/nowhere/sluice.yaml';
const OTHER = '/elsewhere/logins.json';

describe('FileWatch', () => {
  let texts: Map<string, string>;
  let directories: Map<string, DirectoryEvents>;
  let refused: Set<string>;
  let changes: (readonly string[])[];
  let blind: string[];
  let onChange: () => Promise<void>;
  let watch: FileWatch;

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] }); // links are looked up in the real file system
    texts = new Map([
      [FILE, 'one'],
      [OTHER, 'logins'],
    ]);
    directories = new Map();
    refused = new Set();
    changes = [];
    blind = [];
    onChange = async () => {};
    watch = new FileWatch({
      readFile: async (path) => texts.get(path),
      onChange: (paths) => {
        changes.push(paths);
        return onChange();
      },
      onBlind: (directory) => void blind.push(directory),
      watchDirectory: (directory, events) => {
        if (refused.has(directory)) throw new Error('ENOSPC');
        directories.set(directory, events);
        return () => void directories.delete(directory);
      },
    });
    await follow();
  });

  afterEach(() => {
    watch.close();
    jest.useRealTimers();
  });

  /** The files count as they are now. */
  const follow = (paths: readonly string[] = [FILE, OTHER]): Promise<void> =>
    watch.follow(
      paths.map((path) => ({ path, digest: texts.has(path) ? digestText(texts.get(path) ?? '') : undefined })),
    );
  const tell = (name: string | undefined, directory = '/nowhere'): void => directories.get(directory)?.onEvent(name);
  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('tells of a change when the directory has been quiet for 200 ms', async () => {
    texts.set(FILE, 'two');
    tell('sluice.yaml');
    await pass(199);
    tell('sluice.yaml');
    await pass(199);
    expect(changes).toEqual([]);

    await pass(1);

    expect(changes).toEqual([[FILE]]);
  });

  it('does not wait for longer than two seconds for quiet', async () => {
    texts.set(FILE, 'two');
    for (let waitedMs = 0; waitedMs < 2_000; waitedMs += 100) {
      tell('sluice.yaml');
      await pass(100);
    }

    expect(changes).toEqual([[FILE]]);
  });

  it.each<[string, string | undefined]>([
    ['the file itself', 'sluice.yaml'],
    ['the link that Kubernetes turns', '..data'],
    ['something whose name the system does not tell', undefined],
  ])('looks when it hears of %s', async (_what, name) => {
    texts.set(FILE, 'two');
    tell(name);
    await pass(200);

    expect(changes).toEqual([[FILE]]);
  });

  it('does not look for a neighbour', async () => {
    texts.set(FILE, 'two');
    tell('sluice.yaml.swp');
    await pass(9_999);

    expect(changes).toEqual([]);
  });

  it('looks every ten seconds where nobody tells of anything', async () => {
    texts.set(OTHER, 'others');
    await pass(10_000);

    expect(changes).toEqual([[OTHER]]);
  });

  it('takes what is gone for a change, and what comes back', async () => {
    texts.delete(FILE);
    await watch.look();
    await follow();
    await watch.look();
    expect(changes).toEqual([[FILE]]);

    texts.set(FILE, 'one');
    await watch.look();

    expect(changes).toEqual([[FILE], [FILE]]);
  });

  it('tells of a change once, also when whoever takes it over does not come to the file', async () => {
    texts.set(OTHER, 'broken');
    await watch.look();
    await watch.look();
    expect(changes).toEqual([[OTHER]]);

    texts.set(OTHER, 'mended');
    await watch.look();

    expect(changes).toEqual([[OTHER], [OTHER]]);
  });

  it('passes over the same text, and over what this process has written', async () => {
    rememberOwnWrite(OTHER, 'renewed by ourselves');
    texts.set(OTHER, 'renewed by ourselves');
    await watch.look();
    expect(changes).toEqual([]);

    texts.set(OTHER, 'by somebody else');
    await watch.look();

    expect(changes).toEqual([[OTHER]]);
  });

  it('looks again for what happens while a change is taken over', async () => {
    let finish = (): void => {};
    onChange = () =>
      new Promise((resolve) => {
        finish = () => void follow([FILE]).then(resolve);
      });
    texts.set(FILE, 'two');
    tell('sluice.yaml');
    await pass(200);
    expect(changes).toHaveLength(1);
    const read = texts.get(FILE);

    texts.set(FILE, 'three');
    tell('sluice.yaml');
    await pass(200);
    texts.set(FILE, read ?? '');
    finish(); // it had read the second text
    texts.set(FILE, 'three');
    while (changes.length < 2) await new Promise((resolve) => setImmediate(resolve));

    expect(changes).toEqual([[FILE], [FILE]]);
  });

  it('says which directories it cannot watch, and tries them again', async () => {
    refused.add('/new');
    await follow([FILE, '/new/file']);
    expect(blind).toEqual(['/new']);

    refused.clear();
    await follow([FILE, '/new/file']);
    directories.get('/new')?.onError(new Error('gone'));

    expect(blind).toEqual(['/new', '/new']);
    expect([...directories.keys()]).toEqual(['/nowhere']);
  });

  it('lets go of directories that do not matter any more, and of all at the end', async () => {
    expect([...directories.keys()]).toEqual(['/nowhere', '/elsewhere']);

    await follow([FILE]);
    expect([...directories.keys()]).toEqual(['/nowhere']);

    watch.close();
    expect(directories.size).toBe(0);
    texts.set(FILE, 'two');
    await pass(60_000);
    expect(changes).toEqual([]);
  });

  it('watches where the files of the last call stand, whichever look at the disk comes back first', async () => {
    const waiting: ((places: ReadonlyMap<string, ReadonlySet<string>>) => void)[] = [];
    const watched = new Set<string>();
    const slow = new FileWatch({
      readFile: async () => undefined,
      onChange: async () => {},
      onBlind: () => {},
      watchDirectory: (directory) => {
        watched.add(directory);
        return () => void watched.delete(directory);
      },
      placesOf: () => new Promise((resolve) => waiting.push(resolve)),
    });

    const follows = [slow.follow([]), slow.follow([])];
    waiting[1]?.(new Map([['/second', new Set(['b'])]]));
    waiting[0]?.(new Map([['/first', new Set(['a'])]]));
    await Promise.all(follows);

    expect([...watched]).toEqual(['/second']);
    slow.close();
  });
});
