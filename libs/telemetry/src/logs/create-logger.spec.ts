import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '@sluice/core';
import { createLogger } from './create-logger.js';
import type { LogLevel } from './log-level.js';
import type { PinoLogger } from './pino-logger.js';

interface Line {
  readonly level: string;
  readonly time: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

function recording(level?: LogLevel): { logger: PinoLogger; lines: () => Line[]; text: () => string } {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const logger = createLogger({ destination, ...(level !== undefined && { level }) });
  return { logger, lines: () => written.map((line) => JSON.parse(line) as Line), text: () => written.join('') };
}

describe('createLogger', () => {
  describe('lines', () => {
    it('are JSON objects with level, time, fields and message', () => {
      const { logger, lines, text } = recording();

      logger.info('snapshot replaced', { revision: 3, origins: ['file'] });
      logger.warn('slow');

      expect(lines()).toEqual([
        { level: 'info', time: expect.any(Number) as number, revision: 3, origins: ['file'], msg: 'snapshot replaced' },
        { level: 'warn', time: expect.any(Number) as number, msg: 'slow' },
      ]);
      expect(text().endsWith('}\n')).toBe(true);
    });

    it('hold no secret, wherever it stands', () => {
      const { logger, lines, text } = recording();
      const error = new GatewayError({
        kind: 'upstream_auth_failed',
        message: 'x',
        cause: new Error('Bearer abcdefghijkl'),
      });

      logger.error('call with sk-ant-api03-abcdefghijkl failed', {
        apiKey: 'abcdefghijkl',
        error,
        url: '/v1?key=abcdefghijkl',
      });

      expect(text()).not.toContain('abcdefghijkl');
      expect(lines()).toMatchObject([
        { msg: 'call with [redacted] failed', apiKey: '[redacted]', url: '/v1?key=[redacted]' },
      ]);
      expect(lines()).toMatchObject([
        { error: { kind: 'upstream_auth_failed', cause: { message: 'Bearer [redacted]' } } },
      ]);
    });

    it('take a message with a percent sign as it is', () => {
      const { logger, lines } = recording();

      logger.info('50%s %d done', { a: 1 });

      expect(lines()).toMatchObject([{ msg: '50%s %d done' }]);
    });
  });

  describe('level', () => {
    it('is info unless told otherwise', () => {
      const { logger, lines } = recording();

      logger.debug('no');
      logger.info('yes');

      expect(logger.level).toBe('info');
      expect(lines().map(({ msg }) => msg)).toEqual(['yes']);
    });

    it('changes with the next line', () => {
      const { logger, lines } = recording('error');

      logger.warn('before');
      logger.setLevel('debug');
      logger.debug('after');
      logger.setLevel('silent');
      logger.error('never');

      expect(logger.level).toBe('silent');
      expect(lines().map(({ msg }) => msg)).toEqual(['after']);
    });

    it('spares suppressed lines all work', () => {
      const { logger } = recording();
      let reads = 0;

      logger.debug(
        'no',
        Object.defineProperty({}, 'costly', { enumerable: true, get: () => (reads += 1) }) as object as Record<
          string,
          unknown
        >,
      );

      expect(reads).toBe(0);
    });
  });

  describe('a file', () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'sluice-log-'));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it('is appended to, and complete after flush', () => {
      const file = join(folder, 'gateway.log');
      const first = createLogger({ destination: file });
      first.info('one');
      first.flush();
      const second = createLogger({ destination: file });
      second.info('two');

      second.flush();

      const messages = readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as Line).msg);
      expect(messages).toEqual(['one', 'two']);
    });

    it('is complete when the process exits', () => {
      const before = new Set(process.listeners('exit'));
      const file = join(folder, 'gateway.log');
      const logger = createLogger({ destination: file });
      const added = process.listeners('exit').filter((listener) => !before.has(listener));

      logger.info('last words');
      for (const listener of added) listener.call(process, 0);

      expect(readFileSync(file, 'utf8')).toContain('last words');
    });

    it('that cannot be opened is an error at once', () => {
      expect(() => createLogger({ destination: join(folder, 'missing', 'gateway.log') })).toThrow('ENOENT');
    });
  });
});
