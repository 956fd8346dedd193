import { ChunkSource } from './chunk-source.js';
import { eachItem } from './each-item.js';
import { Gate, type GateOptions } from './gate.js';
import { oneWritePerPush } from './one-write-per-push.js';
import { pump } from './pump.js';
import type { StreamTransformer } from './stream-transformer.js';
import { throughGate } from './through-gate.js';

describe('throughGate', () => {
  it('checks once per chunk and writes once per chunk', () => {
    const checked: (readonly string[])[] = [];
    const bench = gatedPump({
      check: (items) => {
        checked.push(items);
        return items.map((item) => item.toUpperCase());
      },
    });

    bench.source.deliver('a b');
    bench.source.deliver('c');
    bench.source.finish();

    expect(checked).toEqual([['a', 'b'], ['c'], ['.']]);
    expect(bench.log).toEqual(['write <A><B>', 'write <C>', 'write <.>', 'onEnd']);
  });

  it('pauses the source when the sink is full, by way of the gate', () => {
    const bench = gatedPump({ check: (items) => items, maxQueuedItems: 1 });
    bench.fillUp();

    bench.source.deliver('a');
    bench.source.deliver('b');
    bench.source.deliver('c');
    expect(bench.log).toEqual(['write <a>', 'pause']);
    bench.drain();

    expect(bench.log).toEqual(['write <a>', 'pause', 'write <b>', 'write <c>', 'resume']);
  });

  it('cancels the source when a check fails', () => {
    const bench = gatedPump({
      check: () => {
        throw new Error('blocked');
      },
    });

    bench.source.deliver('a');

    expect(bench.log).toEqual(['cancel', 'onError Error: blocked']);
  });

  it('hands a failure of the source on', () => {
    const bench = gatedPump({ check: (items) => items });

    bench.source.deliver('a');
    bench.source.fail('reset');

    expect(bench.log).toEqual(['write <a>', 'onError reset']);
  });

  it('cancels the source when the pump is cancelled', () => {
    const bench = gatedPump({ check: (items) => items });

    bench.handle.cancel('gone');
    bench.source.deliver('a');

    expect(bench.log).toEqual(['cancel']);
  });
});

function gatedPump(options: GateOptions<string>) {
  const log: string[] = [];
  const source = new LoggingSource(log);
  let isFull = false;
  let drained = (): void => {};
  const gate = new Gate<string>(options);
  const handle = pump({
    source: throughGate({ source, transformer: words(), gate }),
    transformer: oneWritePerPush(eachItem(bracketed())),
    sink: {
      write: (text: string) => {
        log.push(`write ${text}`);
        return !isFull;
      },
      end: () => {},
      onDrain: (listener) => {
        drained = listener;
      },
    },
    onEnd: () => log.push('onEnd'),
    onError: (error) => log.push(`onError ${String(error)}`),
  });
  return {
    log,
    source,
    handle,
    fillUp: () => {
      isFull = true;
    },
    drain: () => {
      isFull = false;
      drained();
    },
  };
}

class LoggingSource extends ChunkSource<string> {
  constructor(private readonly log: string[]) {
    super();
  }

  protected override onPause(): void {
    this.log.push('pause');
  }

  protected override onResume(): void {
    this.log.push('resume');
  }

  protected override onCancel(): void {
    this.log.push('cancel');
  }
}

function words(): StreamTransformer<string, string> {
  return {
    push: (text, emit) => text.split(' ').forEach((word) => emit(word)),
    finish: (emit) => emit('.'),
  };
}

function bracketed(): StreamTransformer<string, string> {
  return { push: (item, emit) => emit(`<${item}>`), finish: () => {} };
}
