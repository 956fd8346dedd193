import { loadRecordings } from '@sluice/testing';
import { bytesOf, ENDING, exception, reasoning, text, tool, vectors } from '../__fixtures__/frames.js';
import { contextOf, requestOf } from '../__fixtures__/requests.js';
import { decodeResponse } from './decode-response.js';

const decode = (body: Buffer) => decodeResponse(body, contextOf(), requestOf());

describe('decodeResponse', () => {
  it('makes one answer of a stream', () => {
    const frames = [
      reasoning({ text: 'hm', signature: 's' }),
      text('Look'),
      text('ing.'),
      tool({ name: 'f', toolUseId: 't', input: '{"a":1}', stop: true }),
      ...ENDING,
    ];

    expect(decode(bytesOf(frames))).toEqual({
      id: 'req-1',
      model: 'claude-sonnet-4.5',
      content: [
        { type: 'reasoning', text: 'hm', signature: { family: 'anthropic', value: 's', model: 'claude-sonnet-4.5' } },
        { type: 'text', text: 'Looking.' },
        { type: 'tool-call', id: 't', name: 'f', argumentsJson: '{"a":1}' },
      ],
      finishReason: { unified: 'tool-calls' },
      usage: expect.objectContaining({ input: 4995, output: 5, credits: 0.0123 }),
    });
  });

  it('throws the failure that the stream tells of', () => {
    expect(() => decode(bytesOf([text('a'), exception('ThrottlingException', { message: 'no' })]))).toThrow(
      expect.objectContaining({ kind: 'upstream_rate_limited' }),
    );
  });

  it.each([
    ['ends before its end', vectors('V1'), 'upstream_truncated'],
    ['ends inside a frame', vectors('V1', 'V5').subarray(0, 150), 'upstream_truncated'],
    ['is no event stream', Buffer.from('{"message":"not binary at all"}'), 'upstream_invalid_response'],
    ['is damaged', Buffer.concat([vectors('V1').fill(0x41, 110, 112), vectors('V5')]), 'upstream_invalid_response'],
  ])('throws for a body that %s', (_name, body, kind) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ kind }));
  });

  it('reads every recorded stream', () => {
    for (const { id, body } of loadRecordings('kiro').filter(({ mode }) => mode === 'stream')) {
      expect({ id, answer: decode(body) }).toMatchObject({ answer: { usage: { credits: 0.0123 } } });
    }
  });
});
