import { loadRecordings } from '@sluice/testing';
import { observe } from './observe.js';

const observeBody = (text: string) => observe.observeBody(Buffer.from(text));

describe('observeBody', () => {
  it('reads past a byte order mark', () => {
    expect(observeBody('\uFEFF{"usage":{"input_tokens":4}}')).toMatchObject([{ type: 'usage', usage: { input: 4 } }]);
  });

  it('reads usage and finish of every recorded answer', () => {
    for (const { id, body } of loadRecordings('anthropic-messages').filter(({ mode }) => mode === 'json')) {
      const { usage, stop_reason: raw } = JSON.parse(body.toString());

      const observations = observe.observeBody(body);

      const input =
        usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
      expect({ id, observations }).toMatchObject({
        id,
        observations: [
          { type: 'usage', usage: { raw: usage, input, output: usage.output_tokens }, standalone: false },
          { type: 'finish', finishReason: { raw } },
        ],
      });
    }
  });

  it('finds nothing in the answer of a token count', () => {
    expect(observeBody('{"input_tokens":12}')).toEqual([]);
  });

  it('reads the failure inside a 200', () => {
    const body = '{"type":"error","error":{"type":"overloaded_error","message":"boom"},"request_id":"req_1"}';

    expect(observeBody(body)).toMatchObject([
      { type: 'error', error: { kind: 'upstream_overloaded', message: 'boom', upstream: { requestId: 'req_1' } } },
    ]);
  });

  it.each(['', '<html></html>', '{"type":"message"', '[]', 'null'])('calls %j no answer', (body) => {
    expect(observeBody(body)).toMatchObject([{ type: 'error', error: { kind: 'upstream_invalid_response' } }]);
  });

  it.each([
    [3, [{ type: 'text', text: 'abc' }]],
    [4, [{ type: 'thinking', thinking: 'abcd', signature: 'c2ln' }]],
    [9, [{ type: 'tool_use', id: 't', name: 'go', input: { a: 1 } }]],
    [0, []],
  ])('counts %d characters of %j', (chars, content) => {
    expect(observe.contentCharsOf?.(Buffer.from(JSON.stringify({ type: 'message', content })))).toBe(chars);
  });
});
