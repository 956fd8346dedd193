import { jest } from '@jest/globals';
import { BufferedDestination, type WriteCalls } from './buffered-destination.js';

type Done = (error: NodeJS.ErrnoException | null, count: number) => void;

/** A descriptor that answers when the test says so. */
class ScriptedDescriptor {
  readonly writes: string[] = [];
  readonly syncWrites: string[] = [];
  /** Thrown or returned by the next synchronous writes. */
  readonly syncResults: (NodeJS.ErrnoException | number)[] = [];
  #done: Done | undefined;

  readonly calls = {
    write: (_: number, piece: Buffer, offset: number, length: number, __: null, done: Done) => {
      this.writes.push(piece.toString('utf8', offset, offset + length));
      this.#done = done;
    },
    writeSync: (_: number, piece: Buffer, offset: number) => {
      const result = this.syncResults.shift() ?? piece.length - offset;
      if (typeof result !== 'number') throw result;
      this.syncWrites.push(piece.toString('utf8', offset, offset + result));
      return result;
    },
  } as unknown as WriteCalls;

  complete(count: number): void {
    this.#done?.(null, count);
  }

  fail(code: string): void {
    this.#done?.(Object.assign(new Error(code), { code }), 0);
  }
}

const FULL_LINE = `${'x'.repeat(64 * 1024)}\n`;

describe('BufferedDestination', () => {
  let descriptor: ScriptedDescriptor;
  let destination: BufferedDestination;

  beforeEach(() => {
    jest.useFakeTimers();
    descriptor = new ScriptedDescriptor();
    destination = new BufferedDestination(7, descriptor.calls);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  describe('write', () => {
    it('collects lines for 250 ms', () => {
      destination.write('one\n');
      destination.write('zwö\n');
      expect(descriptor.writes).toEqual([]);

      jest.advanceTimersByTime(250);

      expect(descriptor.writes).toEqual(['one\nzwö\n']);
    });

    it('writes at once when enough has come together', () => {
      destination.write(FULL_LINE);

      expect(descriptor.writes).toEqual([FULL_LINE]);
    });

    it('keeps one write under way, in order, and goes on afterwards', () => {
      destination.write(FULL_LINE);
      destination.write('next\n');
      jest.advanceTimersByTime(1000);
      expect(descriptor.writes).toEqual([FULL_LINE]);

      descriptor.complete(FULL_LINE.length);
      jest.advanceTimersByTime(250);

      expect(descriptor.writes).toEqual([FULL_LINE, 'next\n']);
    });

    it('goes on where a short write stopped', () => {
      destination.write(FULL_LINE);

      descriptor.complete(FULL_LINE.length - 3);

      expect(descriptor.writes).toEqual([FULL_LINE, 'xx\n']);
    });

    it('tries a full pipe again', () => {
      destination.write(FULL_LINE);

      descriptor.fail('EAGAIN');
      jest.advanceTimersByTime(20);

      expect(descriptor.writes).toEqual([FULL_LINE, FULL_LINE]);
      expect(destination.lost).toBe(0);
    });

    it('counts what a broken destination lost, and goes on', () => {
      destination.write(FULL_LINE);

      descriptor.fail('ENOSPC');
      destination.write(FULL_LINE);

      expect(destination.lost).toBe(1);
      expect(descriptor.writes).toHaveLength(2);
    });

    it('drops lines and counts them when 8 MiB wait', () => {
      destination.write(FULL_LINE); // under way and never completed

      const mebibyte = 'y'.repeat(1024 * 1024);
      for (let lines = 0; lines < 10; lines++) destination.write(mebibyte);

      expect(destination.lost).toBe(2);
    });
  });

  describe('flush', () => {
    it('writes what waits before it returns', () => {
      destination.write('one\n');

      destination.flush();
      jest.advanceTimersByTime(1000);

      expect(descriptor.syncWrites).toEqual(['one\n']);
      expect(descriptor.writes).toEqual([]);
    });

    it('goes on after a short write and after a full pipe', () => {
      descriptor.syncResults.push(2, Object.assign(new Error('full'), { code: 'EAGAIN' }));
      destination.write('one\n');

      destination.flush();

      expect(descriptor.syncWrites).toEqual(['on', 'e\n']);
      expect(destination.lost).toBe(0);
    });

    it('gives up on a broken destination and counts it', () => {
      descriptor.syncResults.push(Object.assign(new Error('gone'), { code: 'EPIPE' }));
      destination.write('one\n');

      destination.flush();

      expect(destination.lost).toBe(1);
    });

    it('has nothing to write where nothing waits', () => {
      destination.flush();

      expect(descriptor.syncWrites).toEqual([]);
      expect(destination.lost).toBe(0);
    });
  });
});
