import { loadRecordings } from '@sluice/testing';
import { modelSpans } from './model-spans.js';

const named = (text: string, at = 0) => {
  const json = Buffer.from(text);
  return modelSpans(json, at).map(({ valueStart, valueEnd }) => json.toString('utf8', valueStart, valueEnd));
};

describe('modelSpans', () => {
  it('finds the model of every recorded answer', () => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'json')) {
      const { model } = JSON.parse(body.toString());

      expect({ id, names: named(body.toString()) }).toEqual({ id, names: [JSON.stringify(model)] });
    }
  });

  it('finds the model of a chunk inside a stream', () => {
    expect(named('data: {"id":"c","model":"gpt","choices":[]}\n\ndata: [DONE]\n\n', 6)).toEqual(['"gpt"']);
  });

  it('finds it as often as it stands there', () => {
    expect(named('{"model":"a","model":"b"}')).toEqual(['"a"', '"b"']);
  });

  it.each(['{"choices":[{"model":"inner"}]}', '[{"model":"m"}]', '{"model":"m"', '[DONE]', ''])(
    'finds nothing in %j',
    (text) => {
      expect(named(text)).toEqual([]);
    },
  );
});
