import { history } from './history.js';

const call = (body: string) => ({ path: '/v1/responses', query: '', body: Buffer.from(body) });
const EARLIER = Buffer.from('{"role":"user","content":"one"},{"type":"message","role":"assistant","content":[]}');
const resumed = (body: string, items = EARLIER) => history.resume(call(body), items).body.toString();

describe('history', () => {
  it.each([
    ['{"model":"m"}', undefined, true],
    ['{"previous_response_id":"resp_1"}', 'resp_1', true],
    ['{"previous_response_id":"resp_1","store":false}', 'resp_1', false],
    ['{"previous_response_id":"resp_1","previous_response_id":"resp_2","store":null}', 'resp_2', true],
    ['{"previous_response_id":null,"store":true}', undefined, true],
    ['{"previous_response_id":7}', undefined, true],
    ['no JSON', undefined, true],
  ])('reads %s', (body, previousId, isKept) => {
    expect(history.read(Buffer.from(body))).toEqual({ previousId, isKept });
  });

  describe('resume', () => {
    it('puts the earlier items in front and leaves every other byte', () => {
      expect(
        resumed('{"input": [ {"role":"user","content":"two"} ],  "x":12345678901234567890,"previous_response_id":"r"}'),
      ).toBe(
        '{"input": [{"role":"user","content":"one"},{"type":"message","role":"assistant","content":[]}, {"role":"user","content":"two"} ],  "x":12345678901234567890,"previous_response_id":null}',
      );
    });

    it.each([
      [
        'a text',
        '{"previous_response_id":"r","input":"tw\\u00f6"}',
        '{"previous_response_id":null,"input":[1,{"role":"user","content":"tw\\u00f6"}]}',
      ],
      ['nothing', '{"previous_response_id":"r"}', '{"previous_response_id":null,"input":[1]}'],
      ['null', '{"input":null,"previous_response_id":"r"}', '{"input":[1],"previous_response_id":null}'],
      ['no items', '{"input":[ ],"previous_response_id":"r"}', '{"input":[1],"previous_response_id":null}'],
      [
        'something else, which stays to be refused',
        '{"input":5,"previous_response_id":"r"}',
        '{"input":5,"previous_response_id":null}',
      ],
      [
        'a byte order mark',
        '\ufeff{"previous_response_id":"r","input":[2]}',
        '{"previous_response_id":null,"input":[1,2]}',
      ],
    ])('takes %s as the new input', (_what, body, expected) => {
      expect(resumed(body, Buffer.from('1'))).toBe(expected);
    });

    it('leaves no second member behind that another reader would take', () => {
      expect(
        JSON.parse(resumed('{"previous_response_id":"a","input":"x","previous_response_id":"b"}', Buffer.from('1'))),
      ).toEqual({
        previous_response_id: null,
        input: [1, { role: 'user', content: 'x' }],
      });
    });
  });

  it('puts the conversation once into a body whose input is repeated', () => {
    const body = `{"previous_response_id":"r",${'"input":"x",'.repeat(3)}"input":"last"}`;

    expect(JSON.parse(resumed(body))['input']).toHaveLength(3);
    expect(resumed(body).split('"content":"one"')).toHaveLength(2);
    expect(resumed(body)).not.toContain('"x"');
  });

  describe('keep', () => {
    const ANSWER = { id: 'resp_1', object: 'response', output: [{ type: 'message', id: 'msg_1' }] };

    it('remembers input and output, and not the instructions', () => {
      const kept = history.keep(call('{"instructions":"Be kind.","input":"Hello"}'), ANSWER);

      expect(kept?.id).toBe('resp_1');
      expect(`[${kept?.items.toString()}]`).toBe('[{"role":"user","content":"Hello"},{"type":"message","id":"msg_1"}]');
      expect(JSON.parse(kept?.answer.toString() ?? '')).toEqual(ANSWER);
    });

    it('remembers an answer without output', () => {
      expect(history.keep(call('{"input":[1]}'), { id: 'r', output: [] })?.items.toString()).toBe('1');
    });

    it('remembers nothing that could not be asked for', () => {
      expect(history.keep(call('{"input":"x"}'), { output: [] })).toBeUndefined();
      expect(history.keep(call('{"input":"x"}'), { ...ANSWER, status: 'failed' })).toBeUndefined();
    });
  });

  it.each([
    ['response.completed', '{"response":{"id":"r"}}', { id: 'r' }],
    ['response.incomplete', '{"response":{"id":"r"}}', { id: 'r' }],
    ['response.created', '{"response":{"id":"r"}}', undefined],
    ['response.failed', '{"response":{"id":"r"}}', undefined],
  ])('finds the answer in %s', (event, data, expected) => {
    expect(history.answerIn({ kind: 'sse', event, data })).toEqual(expected);
  });

  it.each([
    ['/v1/responses/resp_1', 'resp_1'],
    ['/v1/responses/msg-1/', 'msg-1'],
    ['/v1/responses/resp_1/input_items', undefined],
    ['/v1/responses', undefined],
    ['/v1/models/resp_1', undefined],
  ])('reads the path %s', (path, id) => {
    expect(history.idInPath(path)).toBe(id);
  });
});
