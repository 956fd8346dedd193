import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFixturesDirectory } from './fixtures-directory.js';
import { loadRecordings, missingRecordingsNotice, RECORDING_COUNTS, type RecordedFormat } from './recordings.js';

const ROWS = [
  { id: 'anthropic/a.stream.sse', format: 'anthropic', mode: 'stream', status: 200, features: ['text'] },
  { id: 'anthropic/b.resp.json', format: 'anthropic', mode: 'json', status: 200, features: [] },
  { id: 'anthropic/c.error.json', format: 'anthropic', mode: 'json', status: 429, features: ['error'] },
  { id: 'gemini/d.resp.json', format: 'gemini', mode: 'json', status: 200, features: [] },
].map((row) => ({ ...row, file: row.id, kind: 'recording' }));

describe('recordings', () => {
  let home: string;
  let directory: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'recordings-'));
    directory = join(home, 'shared', 'fixtures');
    for (const folder of ['anthropic', 'gemini']) mkdirSync(join(directory, folder), { recursive: true });
    for (const row of ROWS) writeFileSync(join(directory, row.file), `body of ${row.id}`);
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(ROWS));
  });

  afterEach(() => rmSync(home, { recursive: true }));

  describe('findFixturesDirectory', () => {
    it('finds the folder beside the checkout from anywhere inside it', () => {
      expect(findFixturesDirectory(join(home, 'checkout', 'libs', 'testing', 'src'))).toBe(directory);
    });

    it('asks for a manifest', () => {
      rmSync(join(directory, 'manifest.json'));

      expect(findFixturesDirectory(join(home, 'checkout'))).not.toBe(directory);
    });
  });

  describe('loadRecordings', () => {
    it('reads the rows of a format with their bytes', () => {
      const recordings = loadRecordings('anthropic-messages', { directory, isRequired: true });

      expect(recordings.map(({ id, mode, status, body }) => [id, mode, status, body.toString()])).toEqual([
        ['anthropic/a.stream.sse', 'stream', 200, 'body of anthropic/a.stream.sse'],
        ['anthropic/b.resp.json', 'json', 200, 'body of anthropic/b.resp.json'],
        ['anthropic/c.error.json', 'error', 429, 'body of anthropic/c.error.json'],
      ]);
      expect(recordings[0]).toMatchObject({ features: ['text'], kind: 'recording' });
    });

    it('gives nothing when the folder is missing', () => {
      expect(loadRecordings('gemini', { directory: undefined, isRequired: false })).toEqual([]);
    });

    it('fails when the folder is missing where it must not be', () => {
      expect(() => loadRecordings('gemini', { directory: undefined, isRequired: true })).toThrow('152 recordings');
    });

    it('names the formats it knows when asked for another', () => {
      expect(() => loadRecordings('telex' as RecordedFormat)).toThrow('openai-chat, openai-responses');
    });

    it.each(Object.keys(RECORDING_COUNTS) as RecordedFormat[])(
      'finds all of %s, or none without the folder',
      (format) => {
        const expected = missingRecordingsNotice() === undefined ? RECORDING_COUNTS[format] : 0;

        expect(loadRecordings(format)).toHaveLength(expected);
      },
    );
  });

  describe('missingRecordingsNotice', () => {
    it('says how many are missing', () => {
      expect(missingRecordingsNotice({ directory: undefined, isRequired: false })).toContain(
        'did without 152 recordings',
      );
    });

    it('is silent when they are there', () => {
      expect(missingRecordingsNotice({ directory, isRequired: false })).toBeUndefined();
    });
  });
});
