import { batchPerPush } from './batch-per-push.js';
import type { Gate } from './gate.js';
import { pump } from './pump.js';
import type { PushSource } from './push-source.js';
import type { StreamTransformer } from './stream-transformer.js';

export interface ThroughGateOptions<In, T> {
  readonly source: PushSource<In>;
  /** Makes the items that the gate checks: one batch per chunk of the source. */
  readonly transformer: StreamTransformer<In, T>;
  /** Not started, and used for this stream only. */
  readonly gate: Gate<T>;
}

/**
 * Puts a gate behind a source: the result is what a pump takes (its transformer wrapped in `eachItem`). A failed check
 * cancels the source.
 */
export function throughGate<In, T>({ source, transformer, gate }: ThroughGateOptions<In, T>): PushSource<readonly T[]> {
  return {
    start: (listener) => {
      gate.start({
        onData: (items) => listener.onData(items),
        onEnd: () => listener.onEnd(),
        onError: (error) => {
          source.cancel(error);
          listener.onError(error);
        },
      });
      pump({
        source,
        transformer: batchPerPush(transformer),
        sink: gate,
        onEnd: () => gate.end(),
        onError: (error) => gate.fail(error),
      });
    },
    pause: () => gate.pause(),
    resume: () => gate.resume(),
    cancel: (reason) => {
      gate.cancel();
      source.cancel(reason);
    },
  };
}
