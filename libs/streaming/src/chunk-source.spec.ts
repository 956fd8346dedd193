import { ChunkSource } from './chunk-source.js';
import type { SourceListener } from './push-source.js';

describe('ChunkSource', () => {
  it('delivers directly once it is started', () => {
    const { source, log, listener } = sourceBench();
    source.start(listener);

    source.deliver('a');
    source.deliver('b');
    source.finish();

    expect(log).toEqual(['data a', 'data b', 'end']);
  });

  it('hands over at the start what came before, its end included', () => {
    const { source, log, listener } = sourceBench();
    source.deliver('a');
    source.deliver('b');
    source.fail('reset');

    source.start(listener);

    expect(log).toEqual(['data a', 'data b', 'error reset']);
  });

  it('pauses its producer when more waits than it may keep, and resumes it at the start', () => {
    const { source, log, listener } = sourceBench(2);

    source.deliver('ab');
    expect(log).toEqual([]);
    source.deliver('c');
    source.deliver('d');
    source.start(listener);

    expect(log).toEqual(['onPause', 'data ab', 'data c', 'data d', 'onResume']);
  });

  it('is started at most once', () => {
    const { source, listener } = sourceBench();
    source.start(listener);

    expect(() => source.start(listener)).toThrow('at most once');
  });

  it('ignores a producer that goes on after its end', () => {
    const { source, log, listener } = sourceBench();
    source.start(listener);

    source.finish();
    source.deliver('a');
    source.fail('late');
    source.finish();

    expect(log).toEqual(['end']);
  });

  describe('pause', () => {
    it('pauses the producer and keeps what still comes', () => {
      const { source, log, listener } = sourceBench();
      source.start(listener);

      source.pause();
      source.pause();
      source.deliver('a');
      source.deliver('b');
      expect(log).toEqual(['onPause']);
      source.resume();

      expect(log).toEqual(['onPause', 'data a', 'data b', 'onResume']);
    });

    it('keeps the end behind what waits', () => {
      const { source, log, listener } = sourceBench();
      source.start(listener);
      source.pause();
      source.deliver('a');
      source.finish();

      source.resume();

      expect(log).toEqual(['onPause', 'data a', 'end']);
    });

    it('tells the end at once when nothing waits', () => {
      const { source, log, listener } = sourceBench();
      source.start(listener);
      source.pause();

      source.finish();

      expect(log).toEqual(['onPause', 'end']);
    });

    it('is obeyed while chunks are handed over', () => {
      const { source, log, listener } = sourceBench();
      source.deliver('a');
      source.deliver('b');
      source.finish();

      source.start({ ...listener, onData: (chunk) => (listener.onData(chunk), source.pause()) });
      expect(log).toEqual(['data a']);
      source.resume();
      source.resume();

      expect(log).toEqual(['data a', 'data b', 'end']);
    });

    it('keeps the order when the producer delivers while chunks are handed over', () => {
      const { source, log, listener } = sourceBench();
      source.deliver('a');
      source.deliver('b');

      source.start({
        ...listener,
        onData: (chunk) => {
          listener.onData(chunk);
          if (chunk === 'a') source.deliver('c');
        },
      });

      expect(log).toEqual(['data a', 'data b', 'data c']);
    });
  });

  describe('cancel', () => {
    it('reaches the producer once, and the listener hears nothing more', () => {
      const { source, log, listener } = sourceBench();
      source.start(listener);

      source.cancel('gone');
      source.cancel('again');
      source.deliver('a');
      source.finish();
      source.pause();
      source.resume();

      expect(log).toEqual(['onCancel gone']);
    });

    it('works before the start', () => {
      const { source, log, listener } = sourceBench();
      source.deliver('a');

      source.cancel('gone');
      source.start(listener);

      expect(log).toEqual(['onCancel gone']);
    });

    it('stops a hand-over', () => {
      const { source, log, listener } = sourceBench();
      source.deliver('a');
      source.deliver('b');

      source.start({ ...listener, onData: (chunk) => (listener.onData(chunk), source.cancel('gone')) });

      expect(log).toEqual(['data a', 'onCancel gone']);
    });

    it('has nothing to tell a producer that has ended', () => {
      const { source, log } = sourceBench();
      source.deliver('a');
      source.finish();

      source.cancel('gone');

      expect(log).toEqual([]);
    });
  });

  it('counts the bytes of Buffers, and items of any other kind', () => {
    const log: string[] = [];
    const bytes = new (loggingSource<Buffer>(log))({ maxBufferedBytes: 4 });
    const items = new (loggingSource<object>(log))({ maxBufferedBytes: 1 });

    bytes.deliver(Buffer.alloc(4));
    items.deliver({});
    expect(log).toEqual([]);
    bytes.deliver(Buffer.alloc(1));
    items.deliver({});

    expect(log).toEqual(['onPause', 'onPause']);
  });

  it('needs no hooks', () => {
    const source = new ChunkSource<string>({ maxBufferedBytes: 0 });
    const { log, listener } = sourceBench();

    source.deliver('a');
    source.start(listener);
    source.cancel();

    expect(log).toEqual(['data a']);
  });
});

function loggingSource<T>(log: string[]) {
  return class extends ChunkSource<T> {
    protected override onPause(): void {
      log.push('onPause');
    }

    protected override onResume(): void {
      log.push('onResume');
    }

    protected override onCancel(reason: unknown): void {
      log.push(`onCancel ${String(reason)}`);
    }
  };
}

function sourceBench(maxBufferedBytes = 100) {
  const log: string[] = [];
  const listener: SourceListener<string> = {
    onData: (chunk) => log.push(`data ${chunk}`),
    onEnd: () => log.push('end'),
    onError: (error) => log.push(`error ${String(error)}`),
  };
  return { source: new (loggingSource<string>(log))({ maxBufferedBytes }), log, listener };
}
