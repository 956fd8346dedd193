import type { FuzzOptions } from '../fuzz-options.js';

/** What the worker is started with. */
export interface WorkerOrder {
  readonly root: string;
  readonly options: FuzzOptions;
  /** One 32-bit counter: the iteration that is running now. The watcher reads it while the worker cannot answer. */
  readonly heartbeat: SharedArrayBuffer;
}

/** What the worker tells: a defect that was found, with the file that shows it again. */
export interface WorkerFinding {
  readonly title: string;
  readonly file: string;
  readonly text: string;
}

/** `kind` tells the worker's messages apart. */
export type WorkerMessage =
  | { readonly kind: 'started'; readonly cells: readonly string[] }
  | { readonly kind: 'finding'; readonly finding: WorkerFinding }
  | { readonly kind: 'done' };
