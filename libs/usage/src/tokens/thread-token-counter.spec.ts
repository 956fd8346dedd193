import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { MAX_WAITING_CHARS, MAX_WAITING_COUNTS, ThreadTokenCounter } from './thread-token-counter.js';
import { TOKEN_WORKER, type CountQuestion } from './token-worker.js';

/** A thread that answers when the spec says so. */
class ScriptedWorker extends EventEmitter {
  readonly questions: CountQuestion[] = [];
  isReferenced = true;

  postMessage(question: CountQuestion): void {
    this.questions.push(question);
  }

  unref(): void {
    this.isReferenced = false;
  }

  answer(tokens: number): void {
    this.emit('message', { id: this.questions.shift()?.id, tokens });
  }
}

const scripted = () => {
  const worker = new ScriptedWorker();
  const counter = new ThreadTokenCounter(() => Promise.resolve(worker as unknown as Worker));
  return { worker, counter };
};

describe('ThreadTokenCounter', () => {
  it('asks the thread, and does not hold the process for it', async () => {
    const { worker, counter } = scripted();
    const count = counter.count(['one', 'two']);
    await Promise.resolve()
      .then(() => {})
      .then(() => {});

    worker.answer(7);

    expect(await count).toBe(7);
    expect(worker.isReferenced).toBe(false);
  });

  it.each([
    ['more counts than wait', Array.from({ length: MAX_WAITING_COUNTS }, () => 'x')],
    ['more text than waits', [' '.repeat(MAX_WAITING_CHARS)]],
  ])('guesses by length beside %s', async (_, waiting) => {
    const { counter } = scripted();
    for (const text of waiting) void counter.count([text]);

    expect(await counter.count(['x'.repeat(40)])).toBe(10);
  });

  it.each(['error', 'exit'])('guesses what waits, and all that follows, after the thread’s %s', async (event) => {
    const { worker, counter } = scripted();
    const waiting = counter.count(['x'.repeat(8)]);
    await Promise.resolve()
      .then(() => {})
      .then(() => {});

    worker.emit(event, new Error('died'));

    expect([await waiting, await counter.count(['x'.repeat(12)])]).toEqual([2, 3]);
  });

  it('guesses where no thread can be had', async () => {
    const counter = new ThreadTokenCounter(() => Promise.reject(new Error('none')));

    expect(await counter.count(['12345'])).toBe(2);
  });

  describe('with the real thread, bundled as the apps are', () => {
    let directory: string;
    let worker: Worker;
    let counter: ThreadTokenCounter;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'token-worker-'));
      const outfile = join(directory, 'worker.mjs');
      const source = fileURLToPath(new URL('token-worker.ts', import.meta.url));
      await build({
        entryPoints: [source],
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        logLevel: 'silent',
      });
      worker = new Worker(outfile, { workerData: TOKEN_WORKER });
      counter = new ThreadTokenCounter(() => Promise.resolve(worker));
    });
    afterAll(async () => {
      await worker.terminate();
      await rm(directory, { recursive: true });
    });

    it('counts', async () => {
      expect(await counter.count(['hello world', 'hello world'])).toBe(4);
    });

    it('counts a repeated character in bounded time', async () => {
      const tokens = await counter.count(['a'.repeat(1_000_000)]);

      expect(tokens).toBeGreaterThan(100_000);
      expect(tokens).toBeLessThan(200_000);
    }, 5_000);
  });
});
