import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from './create-logger.js';
import type { OpenLogDestination } from './log-destination.js';
import { openLogFile } from './open-log-file.js';

const MAX_FILE_BYTES = 65_536;
const NAME = /^sluice\.\d{4}-\d{2}-\d{2}\.(\d+)\.log$/;

describe('openLogFile', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (maxFiles = 3): Promise<OpenLogDestination> =>
    openLogFile({ file: join(folder, 'logs', 'sluice.log'), maxFileBytes: MAX_FILE_BYTES, maxFiles });
  const files = (): readonly string[] => readdirSync(join(folder, 'logs')).filter((name) => NAME.test(name));
  const textOf = (name: string): string => readFileSync(join(folder, 'logs', name), 'utf8');
  const numberOf = (name: string): number => Number(NAME.exec(name)?.[1]);

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
  }

  it('makes the folder, and a file with the day in its name that current.log leads to', async () => {
    const destination = await open();

    destination.write('one\n');
    destination.flush();

    const [name = ''] = files();
    expect(name).toMatch(/\.1\.log$/);
    expect(textOf(name)).toBe('one\n');
    expect(readlinkSync(join(folder, 'logs', 'current.log'))).toBe(name);
  });

  it('goes on in the next file when one is full, and keeps as many as it may', async () => {
    const destination = await open(2);
    const line = `${'x'.repeat(MAX_FILE_BYTES)}\n`;

    for (let number = 1; number <= 5; number += 1) {
      destination.write(line);
      await until(() => files().some((name) => numberOf(name) > number));
    }

    await until(() => files().length <= 2);
    expect(Math.max(...files().map(numberOf))).toBe(6);
    expect(destination.lost).toBe(0);
  });

  it('goes on where the last process stopped', async () => {
    const first = await open();
    first.write('before\n');
    first.flush();

    const second = await open();
    second.write('after\n');
    second.flush();

    expect(files().map(textOf)).toEqual(['before\nafter\n']);
  });

  it('keeps secrets out, as every log', async () => {
    const destination = await open();
    const logger = createLogger({ destination });

    logger.info('called with sk-ant-api03-abcdefghijkl', { apiKey: 'abcdefghijkl' });
    logger.flush();

    expect(textOf(files()[0] ?? '')).toContain('called with [redacted]');
    expect(textOf(files()[0] ?? '')).not.toContain('abcdefghijkl');
  });

  it('says when it cannot be written', async () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');

    await expect(open()).rejects.toMatchObject({ code: expect.stringMatching(/EEXIST|ENOTDIR/) });
  });
});
