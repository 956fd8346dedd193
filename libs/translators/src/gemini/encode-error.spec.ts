import { GatewayError, GATEWAY_ERRORS, type GatewayErrorKind } from '@sluice/core';
import { encodeError, encodeStreamError } from './encode-error.js';

/** google.rpc.Code by the HTTP status that Google gives it. @see https://cloud.google.com/apis/design/errors */
const WORDS_OF_STATUS: Readonly<Record<number, readonly string[]>> = {
  400: ['INVALID_ARGUMENT'],
  401: ['UNAUTHENTICATED'],
  403: ['PERMISSION_DENIED'],
  404: ['NOT_FOUND'],
  429: ['RESOURCE_EXHAUSTED'],
  499: ['CANCELLED'],
  500: ['INTERNAL'],
  501: ['UNIMPLEMENTED'],
  503: ['UNAVAILABLE'],
  504: ['DEADLINE_EXCEEDED'],
};

describe('encodeError', () => {
  it.each(Object.keys(GATEWAY_ERRORS) as GatewayErrorKind[])('says %s in Google’s words', (kind) => {
    const { status, body } = encodeError(new GatewayError({ kind, message: 'Do this.' }), 'req-1');

    expect(body).toMatchObject({
      error: {
        code: status,
        message: 'Do this.',
        status: expect.stringMatching(/^[A-Z_]+$/),
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: kind.toUpperCase(),
            metadata: { requestId: 'req-1' },
          },
        ],
      },
    });
    expect(WORDS_OF_STATUS[status] ?? [(body['error'] as { status: string }).status]).toContain(
      (body['error'] as { status: string }).status,
    );
  });

  it('shows a body of the same format as it came', () => {
    const value = { error: { code: 400, message: 'Bad.', status: 'INVALID_ARGUMENT' } };
    const upstream = { status: 400, message: 'Bad.', body: { format: 'gemini', value } };

    const encoded = encodeError(new GatewayError({ kind: 'upstream_invalid_request', message: 'Bad.', upstream }), 'r');

    expect(encoded).toEqual({ status: 400, body: value });
  });

  it('keeps what the vendor said of our key to itself', () => {
    const value = { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } };
    const upstream = { status: 400, message: 'x', body: { format: 'gemini', value } };

    const { status, body } = encodeError(
      new GatewayError({ kind: 'upstream_auth_failed', message: 'x', upstream }),
      'r',
    );

    expect(status).toBe(502);
    expect(body).toMatchObject({ error: { message: 'x' } });
    expect(JSON.stringify(body)).not.toContain('API key not valid');
  });

  it('is one event in a stream', () => {
    const frames = encodeStreamError(new GatewayError({ kind: 'upstream_truncated', message: 'Cut.' }), 'r');

    expect(frames.map(({ event, data }) => [event, JSON.parse(data)])).toEqual([
      [undefined, { error: expect.objectContaining({ code: 502, status: 'INTERNAL', message: 'Cut.' }) }],
    ]);
  });
});
