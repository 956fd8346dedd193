import type { JsonObject } from '@sluice/core';
import { contextOf, requestOf } from '../__fixtures__/requests.js';
import { decodeResponse } from './decode-response.js';

const decode = (body: JsonObject | string) =>
  decodeResponse(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), contextOf(), requestOf());

const answer = (content: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  output: { message: { role: 'assistant', content } },
  stopReason: 'end_turn',
  ...more,
});

describe('decodeResponse', () => {
  it('keeps what it has no word for', () => {
    const video = { video: { format: 'mp4', source: { bytes: 'AAAA' } } };
    const search = { toolUse: { toolUseId: 's', name: 'nova_grounding', type: 'server_tool_use', input: { q: 1 } } };

    expect(decode(answer([video, search], { metrics: { latencyMs: 5 }, serviceTier: { type: 'flex' } }))).toEqual({
      id: 'req-1',
      model: contextOf().upstreamModel,
      content: [
        { type: 'opaque', format: 'bedrock-converse', value: video },
        {
          type: 'server-tool',
          id: 's',
          tool: 'nova_grounding',
          input: { q: 1 },
          raw: { format: 'bedrock-converse', value: search },
        },
      ],
      finishReason: { unified: 'stop', raw: 'end_turn' },
      extensions: { 'bedrock-converse': { metrics: { latencyMs: 5 }, serviceTier: { type: 'flex' } } },
    });
  });

  it('says that it ended with calls only when it has calls', () => {
    const call = { toolUse: { toolUseId: 'a', name: 'f', input: {} } };

    expect(decode(answer([call])).finishReason.unified).toBe('tool-calls');
    expect(decode(answer([{ text: 'x' }], { stopReason: 'tool_use' })).finishReason.unified).toBe('stop');
  });

  it.each([['{"output"'], ['[]'], [{}], [{ stopReason: 'end_turn' }], [{ output: { message: { content: [] } } }]])(
    'refuses what is no answer: %j',
    (body) => {
      expect(() => decode(body)).toThrow(expect.objectContaining({ kind: 'upstream_invalid_response' }));
    },
  );
});
