import { MAX_ERROR_BODY_BYTES, MAX_ERROR_MESSAGE_CHARS, parseErrorBody, readErrorWords } from './error-words.js';

describe('parseErrorBody', () => {
  it('unwraps the one error of an array', () => {
    expect(parseErrorBody(Buffer.from('[{"error":{"message":"no"}}]'))).toEqual({ error: { message: 'no' } });
  });

  it('reads past a byte order mark', () => {
    expect(parseErrorBody(Buffer.from('\uFEFF{"message":"no"}'))).toEqual({ message: 'no' });
  });

  it('masks secrets wherever they stand', () => {
    const body = Buffer.from(
      '{"error":{"message":"bad key sk-abcdefghijklmnopqrst","details":[{"key":"sk-abcdefghijklmnopqrst"}]}}',
    );

    expect(parseErrorBody(body)).toEqual({
      error: { message: 'bad key [redacted]', details: [{ key: '[redacted]' }] },
    });
  });

  it.each([
    '',
    '<html><body>502 Bad Gateway</body></html>',
    'upstream connect error',
    '"text"',
    '42',
    'null',
    '[]',
    '{',
  ])('gives nothing for %j', (body) => {
    expect(parseErrorBody(Buffer.from(body))).toBeUndefined();
  });

  it('does not read what no vendor writes', () => {
    expect(parseErrorBody(Buffer.from(`{"message":"${'x'.repeat(MAX_ERROR_BODY_BYTES)}"}`))).toBeUndefined();
  });
});

describe('readErrorWords', () => {
  it.each([
    [
      'OpenAI',
      { error: { message: 'no', type: 'invalid_request_error', param: 'messages', code: 'empty_array' } },
      { message: 'no', type: 'invalid_request_error', param: 'messages', code: 'empty_array' },
    ],
    ['nulls', { error: { message: 'no', type: null, param: null, code: null } }, { message: 'no' }],
    ['OpenRouter', { error: { code: 429, message: 'slow' } }, { message: 'slow', numericCode: 429 }],
    ['xAI', { code: 'bad', error: 'Incorrect API key' }, { message: 'Incorrect API key', code: 'bad' }],
    [
      'older vLLM',
      { object: 'error', message: 'too long', type: 'BadRequestError', param: null, code: 400 },
      { message: 'too long', type: 'BadRequestError', numericCode: 400 },
    ],
    [
      'Mistral, validation',
      {
        object: 'error',
        message: { detail: [{ type: 'missing', loc: ['body', 'model'], msg: 'Field required', input: {} }] },
        type: 'invalid_request_error',
        code: null,
      },
      { message: 'model: Field required', param: 'model', type: 'invalid_request_error' },
    ],
    ['FastAPI, a sentence', { detail: 'Not Found' }, { message: 'Not Found' }],
    [
      'FastAPI, validation',
      { detail: [{ loc: ['body', 'messages', 0], msg: 'field required', type: 'missing' }] },
      { message: 'messages.0: field required', param: 'messages.0' },
    ],
    ['FastAPI, an object', { detail: { message: 'no', code: 'c' } }, { message: 'no', code: 'c' }],
    ['a bare message', { message: 'Unauthorized' }, { message: 'Unauthorized' }],
    [
      'an edge',
      { success: false, errors: [{ code: 10000, message: 'Authentication error' }] },
      { message: 'Authentication error', numericCode: 10000 },
    ],
    ['nothing known', { status: 'ERR' }, {}],
  ])('reads the shape of %s', (_, body, words) => {
    expect(readErrorWords(body)).toEqual(words);
  });

  it('cuts a sentence that lists everything', () => {
    const { message } = readErrorWords({ error: { message: 'x'.repeat(MAX_ERROR_MESSAGE_CHARS + 1) } });

    expect(message).toBe(`${'x'.repeat(MAX_ERROR_MESSAGE_CHARS)}…`);
  });
});
