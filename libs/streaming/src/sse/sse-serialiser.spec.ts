import type { SseFrame } from '@sluice/core';
import fc from 'fast-check';
import { SseParser } from './sse-parser.js';
import { serialiseSse, SseSerialiser } from './sse-serialiser.js';

describe('serialiseSse', () => {
  it.each<[SseFrame, string]>([
    [{ kind: 'sse', data: '[DONE]' }, 'data: [DONE]\n\n'],
    [{ kind: 'sse', event: 'ping', data: '{}' }, 'event: ping\ndata: {}\n\n'],
    [{ kind: 'sse', data: '' }, 'data: \n\n'],
    [{ kind: 'sse', data: 'a\nb\r\nc\rd' }, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    [{ kind: 'sse', event: 'a\ndata: forged', data: 'x' }, 'event: a data: forged\ndata: x\n\n'],
  ])('writes %j', (frame, text) => {
    expect(serialiseSse(frame)).toBe(text);
  });

  it('is read back as it was', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
    const frames = fc.record(
      { kind: fc.constant('sse' as const), event: line, data: fc.array(line).map((lines) => lines.join('\n')) },
      { requiredKeys: ['kind', 'data'] },
    );
    fc.assert(
      fc.property(frames, (frame) => {
        const read: SseFrame[] = [];

        new SseParser().push(Buffer.from(serialiseSse(frame)), (each) => read.push(each));

        expect(read).toEqual([frame]);
      }),
    );
  });
});

describe('SseSerialiser', () => {
  it('emits one text per event', () => {
    const serialiser = new SseSerialiser();
    const texts: string[] = [];

    serialiser.push({ kind: 'sse', data: 'a' }, (text) => texts.push(text));
    serialiser.push({ kind: 'sse', data: 'b' }, (text) => texts.push(text));
    serialiser.finish();

    expect(texts).toEqual(['data: a\n\n', 'data: b\n\n']);
  });
});
