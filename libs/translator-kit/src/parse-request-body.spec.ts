import { GatewayError } from '@sluice/core';
import { parseRequestBody } from './parse-request-body.js';

const failureOf = (body: string): GatewayError => {
  try {
    parseRequestBody(Buffer.from(body));
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('expected a GatewayError');
};

describe('parseRequestBody', () => {
  it('reads an object, also behind a byte order mark', () => {
    expect(parseRequestBody(Buffer.from('\uFEFF{"a":1}'))).toEqual({ a: 1 });
  });

  it.each([
    ['', 'The body is empty; a JSON object is expected.'],
    ['{"secret":"hunter2",}', 'The body is not valid JSON: unexpected content at character 21.'],
    ['{"secret":"hunter2"', 'The body is not valid JSON: it ends too early (after character 19).'],
    ['["hunter2"]', 'The body must be a JSON object, but it is an array.'],
    ['null', 'The body must be a JSON object, but it is null.'],
    ['"hunter2"', 'The body must be a JSON object, but it is a string.'],
  ])('says what is wrong with %j and never quotes it', (body, message) => {
    const error = failureOf(body);

    expect(error.kind).toBe('invalid_request');
    expect(error.message).toBe(message);
    expect(JSON.stringify([error.message, error.cause ?? ''])).not.toContain('hunter2');
  });
});
