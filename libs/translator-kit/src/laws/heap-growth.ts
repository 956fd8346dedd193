import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * How many bytes of heap are still in use after `work` that were not before, with a full collection on both sides. Nothing
 * else runs in between, so the figure repeats within some hundred kilobytes; compare it with bounds far above that.
 */
export function heapGrowth(work: () => void): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  work();
  collectGarbage();
  return process.memoryUsage().heapUsed - before;
}

/** The collector's own function, which V8 hides behind a flag. */
function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void; // what the flag exposes
  }
  collect();
  collect(); // what the first one set free by finalising
}
