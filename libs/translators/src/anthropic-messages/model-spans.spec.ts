import { loadRecordings } from '@sluice/testing';
import { modelSpans } from './model-spans.js';

const named = (text: string, at = 0) => {
  const json = Buffer.from(text);
  return modelSpans(json, at).map(({ valueStart, valueEnd }) => json.toString('utf8', valueStart, valueEnd));
};

describe('modelSpans', () => {
  it('finds the model of every recorded answer', () => {
    for (const { id, body } of loadRecordings('anthropic-messages').filter(({ mode }) => mode === 'json')) {
      const { model } = JSON.parse(body.toString());

      expect({ id, names: named(body.toString()) }).toEqual({ id, names: [JSON.stringify(model)] });
    }
  });

  it('finds the model of the message that a stream begins with', () => {
    const event =
      'event: message_start\ndata: {"type":"message_start","message":{"id":"m","model":"claude","content":[]}}\n\n';

    expect(named(event, event.indexOf('{'))).toEqual(['"claude"']);
  });

  it.each([
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x","model":"inner"}}',
    '{"type":"error","error":{"type":"api_error","message":"model"},"message":"no object"}',
    '{"input_tokens":12}',
    '{"message":{"model":"m"',
    '',
  ])('finds nothing in %j', (text) => {
    expect(named(text)).toEqual([]);
  });
});
