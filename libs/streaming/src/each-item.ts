import type { StreamTransformer } from './stream-transformer.js';

/** Feeds a transformer of items with arrays of them: the counterpart of `batchPerPush` behind a gate. */
export function eachItem<T, Out>(transformer: StreamTransformer<T, Out>): StreamTransformer<readonly T[], Out> {
  const { fail } = transformer;
  return {
    push: (items, emit) => {
      for (const item of items) transformer.push(item, emit);
    },
    finish: (emit) => transformer.finish(emit),
    ...(fail !== undefined && { fail: (error, emit) => fail.call(transformer, error, emit) }),
  };
}
