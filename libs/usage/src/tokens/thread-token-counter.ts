import type { Worker } from 'node:worker_threads';
import type { CountAnswer, CountQuestion } from './token-worker.js';
import { guessTokens, TokenCounter } from './token-counter.js';

/** Counts that wait for the thread at once; one more is a guess by length. */
export const MAX_WAITING_COUNTS = 64;
/** What they may hold together; beyond it a count is a guess by length. In characters. */
export const MAX_WAITING_CHARS = 64_000_000;

export type StartWorker = () => Promise<Worker>;

interface Waiting {
  readonly texts: readonly string[];
  readonly chars: number;
  resolve(tokens: number): void;
}

/**
 * Counts on a thread of its own, so that neither a long prompt nor loading the vocabulary holds up anybody's stream. The thread is
 * started by the first count and does not keep the process alive. When it cannot be had, counts are guesses by length.
 */
export class ThreadTokenCounter extends TokenCounter {
  readonly #startWorker: StartWorker;
  readonly #waiting = new Map<number, Waiting>();
  #waitingChars = 0;
  #nextId = 0;
  #worker: Promise<Worker | undefined> | undefined;

  constructor(startWorker: StartWorker = startTokenWorker) {
    super();
    this.#startWorker = startWorker;
  }

  async count(texts: readonly string[]): Promise<number> {
    const chars = texts.reduce((sum, text) => sum + text.length, 0);
    if (this.#waiting.size >= MAX_WAITING_COUNTS || this.#waitingChars + chars > MAX_WAITING_CHARS) {
      return guessTokens(texts);
    }
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { texts, chars, resolve });
      this.#waitingChars += chars;
      void this.#ask({ id, texts });
    });
  }

  async #ask(question: CountQuestion): Promise<void> {
    const worker = await (this.#worker ??= this.#start());
    if (worker === undefined) this.#settle(question.id, guessTokens(question.texts));
    else worker.postMessage(question);
  }

  async #start(): Promise<Worker | undefined> {
    try {
      const worker = await this.#startWorker();
      worker.on('message', ({ id, tokens }: CountAnswer) => this.#settle(id, tokens));
      worker.on('error', () => this.#guessAll()); // what it died of is told by every guess that follows
      worker.on('exit', () => this.#guessAll());
      worker.unref(); // behind the listeners: each of them would hold the process again
      return worker;
    } catch {
      return undefined;
    }
  }

  /** The thread is gone for good: one that died of a text would die of it again. */
  #guessAll(): void {
    this.#worker = Promise.resolve(undefined);
    for (const [id, { texts }] of [...this.#waiting]) this.#settle(id, guessTokens(texts));
  }

  #settle(id: number, tokens: number): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    this.#waitingChars -= waiting.chars;
    waiting.resolve(tokens);
  }
}

/** Loads node's threads and our module for them only now: most gateways never count. */
async function startTokenWorker(): Promise<Worker> {
  const [{ Worker }, { TOKEN_WORKER, TOKEN_WORKER_URL }] = await Promise.all([
    import('node:worker_threads'),
    import('./token-worker.js'),
  ]);
  return new Worker(new URL(TOKEN_WORKER_URL), { workerData: TOKEN_WORKER });
}
