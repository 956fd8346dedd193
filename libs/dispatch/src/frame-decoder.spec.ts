import type { WireFrame } from '@sluice/core';
import { encodeMessage } from '@sluice/event-stream';
import { frameDecoder } from './frame-decoder.js';

describe('frameDecoder', () => {
  it.each([
    ['sse', Buffer.from('event: e\ndata: a\n\n'), { kind: 'sse', event: 'e', data: 'a' }],
    ['aws-event-stream', encodeMessage({ typedHeaders: [], payload: Buffer.from('a') }), { payload: Buffer.from('a') }],
  ] as const)('cuts %s into its frames', (framing, bytes, frame) => {
    const frames: WireFrame[] = [];

    frameDecoder(framing).push(bytes, (item) => frames.push(item));

    expect(frames).toMatchObject([frame]);
  });

  it('refuses a framing that it does not know', () => {
    expect(() => frameDecoder('morse' as 'sse')).toThrow('unknown framing morse');
  });
});
