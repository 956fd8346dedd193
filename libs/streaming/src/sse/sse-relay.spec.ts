import type { SseFrame } from '@sluice/core';
import { SseRelay, type SseRelayOptions, type SseVerdict } from './sse-relay.js';

/** The verdict is the event's first word. */
const BY_WORD = (frame: SseFrame): SseVerdict => frame.data.split(' ')[0] as SseVerdict;

describe('SseRelay', () => {
  describe('pass', () => {
    it('emits the very same chunk when it holds whole events', () => {
      const bench = relayBench();
      const chunk = Buffer.from('data: pass 1\n\n: comment\n\nevent: e\ndata: pass 2\n\n');

      bench.push(chunk);

      expect(bench.emitted).toHaveLength(1);
      expect(bench.emitted[0]).toBe(chunk);
    });

    it('emits up to the end of the last whole event and carries the rest', () => {
      const bench = relayBench();

      bench.push('data: pass 1\n\ndata: pa');
      expect(bench.relay.hasPartialTail).toBe(true);
      bench.push('ss 2\n\n');

      expect(bench.texts()).toEqual(['data: pass 1\n\n', 'data: pass 2\n\n']);
      expect(bench.relay.hasPartialTail).toBe(false);
    });

    it('emits at most once per push', () => {
      const bench = relayBench();

      bench.push('data: pass 1\n\nda');
      bench.push('ta: pass 2\n\ndata: drop\n\ndata: pass 3\n\nda');

      expect(bench.texts()).toEqual(['data: pass 1\n\n', 'data: pass 2\n\ndata: pass 3\n\n']);
    });

    it('does not keep a comment waiting for a blank line', () => {
      const bench = relayBench();
      bench.push('data: pass\n\n');

      bench.push(': keep-alive\n');

      expect(bench.texts().at(-1)).toBe(': keep-alive\n');
    });
  });

  describe('hold', () => {
    it('keeps events and comments back and lets them go with the first pass, in one emit', () => {
      const bench = relayBench();

      bench.push('data: hold 1\n\n: comment\n\n');
      bench.push('data: hold 2\n\ndata: pa');
      expect(bench.emitted).toEqual([]);
      expect(bench.relay.hasCommitted).toBe(false);
      bench.push('ss 3\n\n');

      expect(bench.texts()).toEqual(['data: hold 1\n\n: comment\n\ndata: hold 2\n\ndata: pass 3\n\n']);
      expect(bench.relay.hasCommitted).toBe(true);
    });

    it('means pass after the commit', () => {
      const bench = relayBench();

      bench.push('data: pass 1\n\n');
      bench.push('data: hold 2\n\n');

      expect(bench.texts()).toEqual(['data: pass 1\n\n', 'data: hold 2\n\n']);
    });

    it('lets go when there is one more event than may be held', () => {
      const bench = relayBench({ maxHeldFrames: 2 });

      bench.push('data: hold 1\n\n:\n\n:\n\n:\n\n');
      bench.push('data: hold 2\n\n');
      expect(bench.emitted).toEqual([]);
      bench.push('data: hold 3\n\n');

      expect(bench.texts()).toEqual(['data: hold 1\n\n:\n\n:\n\n:\n\ndata: hold 2\n\ndata: hold 3\n\n']);
      expect(bench.relay.hasCommitted).toBe(true);
    });

    it.each([
      ['events', 'data: hold 2\n\n'],
      ['comments', ': 012345678\n\n'],
      ['an incomplete event', 'data: 0123456'],
    ])('lets go when %s are more bytes than may be held', (_case, text) => {
      const bench = relayBench({ maxHeldBytes: 26 });

      bench.push('data: hold 1\n\n');
      expect(bench.emitted).toEqual([]);
      bench.push(text);

      expect(bench.relay.hasCommitted).toBe(true);
      expect(bench.texts()[0]?.startsWith('data: hold 1\n\n')).toBe(true);
    });

    it('emits nothing at the end of a stream that never passed', () => {
      const bench = relayBench();
      bench.push('data: hold 1\n\n');

      bench.finish();

      expect(bench.emitted).toEqual([]);
      expect(bench.relay.hasCommitted).toBe(false);
    });

    it('can be released by the driver', () => {
      const bench = relayBench();
      bench.push('data: hold 1\n\n');

      bench.relay.release(bench.emit);
      bench.push('data: hold 2\n\n');

      expect(bench.texts()).toEqual(['data: hold 1\n\n', 'data: hold 2\n\n']);
    });
  });

  describe('drop', () => {
    it.each(['\n', '\r\n', '\r'])('takes out exactly the event (line end %j), wherever it is cut', (end) => {
      const [before, dropped, after] = ['pass 1', 'drop 2', 'pass 3'].map(
        (data) => `id: 7${end}data: ${data}${end}${end}`,
      );
      const bytes = Buffer.from(`${before}${dropped}${after}`);

      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const bench = relayBench();
        bench.push(bytes.subarray(0, cut));
        bench.push(bytes.subarray(cut));

        expect(bench.texts().join('')).toBe(`${before}${after}`);
      }
    });

    it('takes out an event that came in pieces', () => {
      const bench = relayBench();

      for (const piece of ['data: pass 1\n\nda', 'ta: dr', 'op\n', '\ndata: pass 2\n\n']) bench.push(piece);

      expect(bench.texts()).toEqual(['data: pass 1\n\n', 'data: pass 2\n\n']);
    });

    it('emits nothing for a chunk of dropped events', () => {
      const bench = relayBench();

      bench.push('data: drop 1\n\ndata: drop 2\n\n');

      expect(bench.emitted).toEqual([]);
      expect(bench.relay.hasCommitted).toBe(false);
    });
  });

  describe('stop', () => {
    it('emits what passed in front of it and nothing more', () => {
      const bench = relayBench();

      bench.push('data: pass 1\n\ndata: stop\n\ndata: pass 2\n\n');
      bench.push('data: pass 3\n\n');
      bench.finish();
      bench.relay.release(bench.emit);

      expect(bench.texts()).toEqual(['data: pass 1\n\n']);
      expect(bench.judged).toEqual(['pass 1', 'stop']);
      expect(bench.relay.hasStopped).toBe(true);
      expect(bench.relay.isInsideEvent).toBe(false);
    });

    it('leaves held events unsent', () => {
      const bench = relayBench();

      bench.push('data: hold 1\n\ndata: st');
      bench.push('op\n\n');

      expect(bench.emitted).toEqual([]);
      expect(bench.relay.hasPartialTail).toBe(false);
    });
  });

  describe('an event that outgrows maxPartialBytes', () => {
    it('begins to go out raw, and is judged at its end', () => {
      const bench = relayBench({ maxPartialBytes: 20 });

      bench.push('data: pass 1\n\ndata: pass 0123456789');
      expect(bench.relay.isInsideEvent).toBe(true);
      bench.push('abc');
      bench.push('def\n\ndata: pass 2\n\nda');

      expect(bench.texts()).toEqual(['data: pass 1\n\ndata: pass 0123456789', 'abc', 'def\n\ndata: pass 2\n\n']);
      expect(bench.judged).toEqual(['pass 1', 'pass 0123456789abcdef', 'pass 2']);
      expect(bench.relay.isInsideEvent).toBe(false);
    });

    it('is held with the others as long as nothing has passed', () => {
      const bench = relayBench({ maxPartialBytes: 20 });

      bench.push('data: hold 01234567890123456789');
      bench.push('\n\n');

      expect(bench.emitted).toEqual([]);
    });

    it('can no longer be dropped', () => {
      const bench = relayBench({ maxPartialBytes: 20 });
      bench.push('data: pass 1\n\n');

      bench.push('data: drop 0123456789');
      bench.push('\n\ndata: drop\n\n');

      expect(bench.texts()).toEqual(['data: pass 1\n\n', 'data: drop 0123456789', '\n\n']);
    });

    it('ends before a stop takes effect', () => {
      const bench = relayBench({ maxPartialBytes: 20 });
      bench.push('data: pass 1\n\n');

      bench.push('data: stop 0123456789');
      bench.push('\n\ndata: pass 2\n\n');

      expect(bench.texts()).toEqual(['data: pass 1\n\n', 'data: stop 0123456789', '\n\n']);
      expect(bench.relay.isInsideEvent).toBe(false);
      expect(bench.relay.hasStopped).toBe(true);
    });

    it('passes unjudged beyond maxEventBytes; the next event is judged again', () => {
      const bench = relayBench({ maxPartialBytes: 20, maxEventBytes: 40 });
      const pieces = ['data: pass 1\n\n', 'data: drop ', 'x'.repeat(40), '\ndata: y\n', '\n', 'data: drop 2\n\n'];

      for (const piece of pieces) bench.push(piece);

      expect(bench.texts().join('')).toBe(pieces.slice(0, -1).join(''));
      expect(bench.judged).toEqual(['pass 1', 'drop 2']);
    });

    it('lets a comment beyond maxEventBytes end like any other', () => {
      const bench = relayBench({ maxEventBytes: 20 });
      const pieces = ['data: pass 1\n\n', ': 0123456789', '01234567890', 'data: x\n', 'data: pass 2\n\n'];

      for (const piece of pieces) bench.push(piece);

      expect(bench.texts().join('')).toBe(pieces.join(''));
      expect(bench.judged).toEqual(['pass 1', 'pass 2']);
    });
  });

  describe('finish', () => {
    it.each(['data: pass 2\n', 'data: pass 2'])('judges and emits the last event %j as it is', (text) => {
      const bench = relayBench();
      bench.push(`data: hold 1\n\n${text}`);

      bench.finish();

      expect(bench.texts()).toEqual([`data: hold 1\n\n${text}`]);
      expect(bench.judged).toEqual(['hold 1', 'pass 2']);
      expect(bench.relay.isInsideEvent).toBe(true);
      expect(bench.relay.hasPartialTail).toBe(false);
    });

    it.each(['drop', 'stop'])('does not emit a last event judged %s', (word) => {
      const bench = relayBench();
      bench.push(`data: pass 1\n\ndata: ${word}`);

      bench.finish();

      expect(bench.texts()).toEqual(['data: pass 1\n\n']);
      expect(bench.relay.isInsideEvent).toBe(false);
      expect(bench.relay.hasPartialTail).toBe(false);
    });

    it('knows that what is released later ends inside an event', () => {
      const bench = relayBench();
      bench.push('data: hold 1');

      bench.finish();
      expect(bench.relay.isInsideEvent).toBe(false);
      bench.relay.release(bench.emit);

      expect(bench.texts()).toEqual(['data: hold 1']);
      expect(bench.relay.isInsideEvent).toBe(true);
    });

    it('keeps a tail that was broken off until it is asked for', () => {
      const bench = relayBench();
      bench.push('data: pass 1\n\ndata: {"a":');

      bench.finish();

      expect(bench.texts()).toEqual(['data: pass 1\n\n']);
      expect(bench.relay.hasPartialTail).toBe(true);
      expect(bench.relay.isInsideEvent).toBe(false);
      expect(bench.relay.takePartialTail()?.toString()).toBe('data: {"a":');
      expect(bench.relay.isInsideEvent).toBe(true);
      expect(bench.relay.takePartialTail()).toBeUndefined();
    });

    it('judges a last event whose beginning has gone out', () => {
      const bench = relayBench({ maxPartialBytes: 20 });
      bench.push('data: pass 1\n\ndata: pass 0123456789');

      bench.finish();

      expect(bench.judged).toEqual(['pass 1', 'pass 0123456789']);
      expect(bench.relay.isInsideEvent).toBe(true);
    });

    it('has nothing to do after whole events', () => {
      const bench = relayBench();
      bench.push('data: pass 1\n\n');

      bench.finish();

      expect(bench.texts()).toEqual(['data: pass 1\n\n']);
      expect(bench.relay.isInsideEvent).toBe(false);
      expect(bench.relay.hasPartialTail).toBe(false);
    });
  });
});

function relayBench(options: Partial<SseRelayOptions> = {}) {
  const judged: string[] = [];
  const emitted: Buffer[] = [];
  const emit = (bytes: Buffer): void => {
    emitted.push(bytes);
  };
  const relay = new SseRelay({
    judge: (frame) => {
      judged.push(frame.data);
      return BY_WORD(frame);
    },
    ...options,
  });
  return {
    relay,
    judged,
    emitted,
    emit,
    push: (chunk: string | Buffer) => relay.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, emit),
    finish: () => relay.finish(emit),
    texts: () => emitted.map(String),
  };
}
