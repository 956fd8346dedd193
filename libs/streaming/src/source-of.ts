import { ChunkSource } from './chunk-source.js';
import type { PushSource } from './push-source.js';

/** A source of what is already there: a body that did not stream, or a script in a test. */
export function sourceOf<T>(chunks: Iterable<T>): PushSource<T> {
  const source = new ChunkSource<T>({ maxBufferedBytes: Number.POSITIVE_INFINITY });
  for (const chunk of chunks) source.deliver(chunk);
  source.finish();
  return source;
}
