import { ChunkSource } from './chunk-source.js';
import { pump } from './pump.js';
import { sourceOf } from './source-of.js';
import type { StreamTransformer } from './stream-transformer.js';

describe('pump', () => {
  it('writes what the transformer makes of each chunk, then of the end', () => {
    const bench = pumpBench();

    bench.run(sourceOf(['a', 'b']), doubled());

    expect(bench.log).toEqual(['write a', 'write a', 'write b', 'write b', 'write end', 'onEnd']);
  });

  it('pauses the source after a push that filled the sink, and resumes it when the sink has drained', () => {
    const bench = pumpBench();
    const source = new ScriptedSource(bench.log);
    bench.run(source, doubled());

    bench.fillUp();
    source.deliver('a');
    source.deliver('b');
    bench.drain();

    expect(bench.log).toEqual(['write a', 'write a', 'pause', 'write b', 'write b', 'resume']);
  });

  it('does not resume a source that it has not paused', () => {
    const bench = pumpBench();
    const source = new ScriptedSource(bench.log);
    bench.run(source, doubled());

    bench.drain();

    expect(bench.log).toEqual([]);
  });

  describe('failure', () => {
    it('hands a failure of the source on', () => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      bench.run(source, doubled());

      source.fail('reset');
      bench.drain();

      expect(bench.log).toEqual(['onError reset']);
    });

    it('lets the transformer render it first', () => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      bench.run(source, { ...doubled(), fail: (error, emit) => emit(`failed ${String(error)}`) });

      source.fail('reset');

      expect(bench.log).toEqual(['write failed reset', 'onError reset']);
    });

    it('cancels the source when the transformer throws', () => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      bench.run(source, throwingOn('push'));

      source.deliver('a');
      source.deliver('b');
      source.finish();

      expect(bench.log).toEqual(['cancel defect', 'onError defect']);
    });

    it.each(['finish', 'fail'] as const)('tells that the transformer threw in %s', (place) => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      bench.run(source, throwingOn(place));

      if (place === 'finish') source.finish();
      else source.fail('reset');

      expect(bench.log).toEqual(['onError defect']);
    });
  });

  describe('cancel', () => {
    it('cancels the source; nothing is written or called afterwards', () => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      const handle = bench.run(source, doubled());

      handle.cancel('client gone');
      handle.cancel('again');
      source.deliver('a');
      source.finish();
      bench.drain();

      expect(bench.log).toEqual(['cancel client gone']);
    });

    it('stops in the middle of a push', () => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      const handle = bench.run(source, doubled());
      bench.onWrite(() => handle.cancel('client gone'));

      source.deliver('a');

      expect(bench.log).toEqual(['write a', 'cancel client gone']);
    });

    it.each(['finish', 'fail'] as const)('stops in the middle of %s', (place) => {
      const bench = pumpBench();
      const source = new ScriptedSource(bench.log);
      const handle = bench.run(source, { ...doubled(), fail: (_error, emit) => emit('end') });
      bench.onWrite(() => handle.cancel('client gone'));

      if (place === 'finish') source.finish();
      else source.fail('reset');

      expect(bench.log).toEqual(['write end']);
    });
  });
});

class ScriptedSource extends ChunkSource<string> {
  constructor(private readonly log: string[]) {
    super();
  }

  override pause(): void {
    this.log.push('pause'); // what is on its way still comes
  }

  override resume(): void {
    this.log.push('resume');
  }

  protected override onCancel(reason: unknown): void {
    this.log.push(`cancel ${messageOf(reason)}`);
  }
}

function pumpBench() {
  const log: string[] = [];
  let isFull = false;
  let drained = (): void => {};
  let afterWrite = (): void => {};
  const sink = {
    write: (item: string) => {
      log.push(`write ${item}`);
      afterWrite();
      return !isFull;
    },
    end: () => {
      log.push('end');
    },
    onDrain: (listener: () => void) => {
      drained = listener;
    },
  };
  return {
    log,
    fillUp: () => {
      isFull = true;
    },
    drain: () => {
      isFull = false;
      drained();
    },
    onWrite: (listener: () => void) => {
      afterWrite = listener;
    },
    run: (
      source: Parameters<typeof pump<string, string>>[0]['source'],
      transformer: StreamTransformer<string, string>,
    ) =>
      pump({
        source,
        transformer,
        sink,
        onEnd: () => log.push('onEnd'),
        onError: (error) => log.push(`onError ${messageOf(error)}`),
      }),
  };
}

function doubled(): StreamTransformer<string, string> {
  return {
    push: (text, emit) => {
      emit(text);
      emit(text);
    },
    finish: (emit) => emit('end'),
  };
}

function throwingOn(place: 'push' | 'finish' | 'fail'): StreamTransformer<string, string> {
  const defect = (): never => {
    throw new Error('defect');
  };
  return { push: () => {}, finish: () => {}, fail: () => {}, [place]: defect };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
