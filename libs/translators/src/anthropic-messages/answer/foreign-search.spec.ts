import { anthropicMessages } from '../format.js';
import { mayHoldForeignSearch, searchBlocks } from './foreign-search.js';

const CALL = { type: 'server_tool_use', id: 'srvtoolu_ws_1', name: 'web_search', input: { query: 'tide' } };
const RESULT = { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_ws_1', content: [] };
const historyWith = (...content: unknown[]) =>
  Buffer.from(
    JSON.stringify({
      model: 'm',
      max_tokens: 1,
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content },
        { role: 'user', content: 'and?' },
      ],
    }),
  );

describe('a search that another vendor ran', () => {
  it('is a call with a result that lists nothing', () => {
    expect(searchBlocks('ws_1', { query: 'tide' })).toEqual([CALL, RESULT]);
  });

  it.each([[undefined], [{}], ['tide'], [{ query: 7 }]])('is not shown where nobody knows what for (%j)', (input) => {
    expect(searchBlocks('ws_1', input)).toEqual([]);
  });

  it('gets an id that the format allows', () => {
    expect(searchBlocks('a-b.c', { query: 'x' })[0]).toMatchObject({ id: 'srvtoolu_ws_a_b_c' });
  });

  it('is not sent to Anthropic when it comes back, and neither is its result', () => {
    const body = historyWith(CALL, RESULT, { type: 'text', text: 'Noon.' });
    const request = anthropicMessages.client.translation.decodeRequest({ path: '/v1/messages', query: '', body });
    const context = { requestId: 'r', createdAtSeconds: 1, requestedModel: 'm', upstreamModel: 'm', dialect: {} };
    const { call, warnings } = anthropicMessages.upstream.translation.encodeRequest(request, context);

    expect(mayHoldForeignSearch(body)).toBe(true);
    expect(JSON.parse(call.body.toString())).toMatchObject({
      messages: [{}, { role: 'assistant', content: [{ type: 'text', text: 'Noon.' }] }, {}],
    });
    expect(warnings.filter(({ effect }) => effect === 'dropped')).toHaveLength(2);
  });

  it('is told from Anthropic’s own', () => {
    expect(mayHoldForeignSearch(historyWith({ ...CALL, id: 'srvtoolu_01abc' }))).toBe(false);
  });
});
