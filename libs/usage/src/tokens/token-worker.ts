import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { countPieces } from './count-pieces.js';
import { loadTokenizer } from './load-tokenizer.js';

/** Says that a thread was started to count; the module is also loaded only to learn where it stands. */
export const TOKEN_WORKER = 'sluice-token-worker/1';

/** Where this module stands, also inside a bundle. */
export const TOKEN_WORKER_URL = import.meta.url;

export interface CountQuestion {
  readonly id: number;
  readonly texts: readonly string[];
}

export interface CountAnswer {
  readonly id: number;
  readonly tokens: number;
}

if (!isMainThread && workerData === TOKEN_WORKER) {
  const countPiece = await loadTokenizer();
  parentPort?.on('message', ({ id, texts }: CountQuestion) => {
    const answer: CountAnswer = { id, tokens: countPieces(texts, countPiece) };
    parentPort?.postMessage(answer);
  });
}
