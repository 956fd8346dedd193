import { loadRecordings } from '@sluice/testing';
import { observe } from './observe.js';

const observeBody = (text: string) => observe.observeBody(Buffer.from(text));

/** Seen from Gemini behind this format: its total counts something that no other member does. */
const UNEXPLAINED_TOTAL = 'openai-chat/agw-completions-gemini_zero_completion_tokens.resp.json';

/** Enough that the body is scanned instead of parsed. */
const PICTURE = 'iVBORw0K'.repeat(10_000);
const ANSWER_WITH_PICTURE = JSON.stringify({
  id: 'c',
  choices: [{ index: 0, message: { content: 'say "usage"', images: [PICTURE] }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 4 },
});

describe('observeBody', () => {
  it('reads past a byte order mark', () => {
    expect(observeBody('\uFEFF{"usage":{"prompt_tokens":4}}')).toMatchObject([{ type: 'usage', usage: { input: 4 } }]);
  });

  it('reads usage and finish of every recorded answer', () => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'json')) {
      const { usage, choices } = JSON.parse(body.toString());

      const observations = observe.observeBody(body);

      expect({ id, observations }).toMatchObject({
        id,
        observations: [
          { type: 'usage', usage: { raw: usage, input: usage.prompt_tokens, source: 'upstream' }, standalone: false },
          { type: 'finish', finishReason: { raw: choices[0].finish_reason } },
        ],
      });
      const total = id === UNEXPLAINED_TOTAL ? usage.prompt_tokens : usage.total_tokens;
      expect({ id, observations }).toMatchObject({
        observations: [{ usage: { output: total - usage.prompt_tokens } }, {}],
      });
    }
  });

  it.each([
    ['an answer with a picture', ANSWER_WITH_PICTURE, ['usage', 'finish']],
    ['several choices', `{"choices": [ {"finish_reason":"stop"} , {"index":1} ],"pad":"${PICTURE}"}`, []],
    ['no choices', `{"usage":{"prompt_tokens":1},"pad":"${PICTURE}"}`, ['usage']],
    ['choices of another kind', `{"choices":[1],"usage":{"prompt_tokens":1},"pad":"${PICTURE}"}`, ['usage']],
    ['an error sentence', `{"error":"boom","pad":"${PICTURE}"}`, ['error']],
    ['an answer that was cut', ANSWER_WITH_PICTURE.slice(0, -1), ['error']],
    ['an answer that is broken inside', `{"usage":{"prompt_tokens":},"pad":"${PICTURE}"}`, ['error']],
  ])('observes the same in large bodies: %s', (_, body, types) => {
    expect(observeBody(body).map(({ type }) => type)).toEqual(types);
  });

  it('waits for every choice', () => {
    const body = '{"choices":[{"index":0,"finish_reason":"length"},{"index":1,"finish_reason":"stop"}]}';

    expect(observeBody(body)).toEqual([{ type: 'finish', finishReason: { unified: 'length', raw: 'length' } }]);
  });

  it.each(['{"object":"list","data":[]}', '{"choices":[]}', '{"choices":null}', '{}'])(
    'finds nothing in %s',
    (body) => {
      expect(observeBody(body)).toEqual([]);
    },
  );

  it.each([
    ['{"error":{"message":"boom","code":"insufficient_quota"}}', 'upstream_quota_exhausted'],
    ['{"id":"x","choices":[{"index":0,"error":{"code":502,"message":"boom"}}]}', 'upstream_error'],
    ['{"object":"error","message":"boom","code":404}', 'upstream_not_found'],
  ])('reads the failure inside a 200: %s', (body, kind) => {
    expect(observeBody(body)).toMatchObject([{ type: 'error', error: { kind, message: 'boom' } }]);
  });

  it.each(['', '<html></html>', '{"choices":[', '[]', 'null', '{"usage":tru}'])('calls %j no answer', (body) => {
    expect(observeBody(body)).toMatchObject([{ type: 'error', error: { kind: 'upstream_invalid_response' } }]);
  });
});
