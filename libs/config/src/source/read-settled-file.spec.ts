import { readSettledFile } from './read-settled-file.js';

/** A file that holds these texts one after the other, and then the last for ever. */
function reader(...texts: (string | undefined)[]) {
  const waits: number[] = [];
  let reads = 0;
  const read = readSettledFile(
    'sluice.yaml',
    async () => texts[Math.min(reads++, texts.length - 1)],
    async (ms) => void waits.push(ms),
  );
  return { read, waits };
}

describe('readSettledFile', () => {
  it('reads a file at once that has something in it', async () => {
    const { read, waits } = reader('text');

    expect(await read('sluice.yaml')).toBe('text');
    expect(waits).toEqual([]);
  });

  it('waits while the file is empty or away', async () => {
    const { read, waits } = reader('', undefined, 'text');

    expect(await read('sluice.yaml')).toBe('text');
    expect(waits).toEqual([100, 100]);
  });

  it('believes it after twenty reads', async () => {
    const { read, waits } = reader('');

    expect(await read('sluice.yaml')).toBe('');
    expect(waits).toHaveLength(19);
  });

  it('is patient for one file only', async () => {
    const { read, waits } = reader(undefined);

    expect(await read('.env')).toBeUndefined();
    expect(waits).toEqual([]);
  });
});
