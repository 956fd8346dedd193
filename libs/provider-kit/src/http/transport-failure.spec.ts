import { ProxyError } from './proxy-error.js';
import { transportFailure } from './transport-failure.js';

const timeouts = { connectMs: 1, firstByteMs: 2, idleMs: 3 };
const coded = (code: string): Error => Object.assign(new Error('https://me:secret@host failed'), { code });

describe('transportFailure', () => {
  it.each([
    [
      coded('ECONNREFUSED'),
      'upstream_unreachable',
      'Could not reach host:1: the connection was refused. Check baseUrl',
    ],
    [coded('ENOTFOUND'), 'upstream_unreachable', 'its name does not resolve'],
    [coded('EWHATEVER'), 'upstream_unreachable', 'Could not reach host:1 (EWHATEVER).'],
    [coded('UND_ERR_CONNECT_TIMEOUT'), 'upstream_unreachable', 'no connection within 1 ms'],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'upstream_unreachable', 'tls.ca'],
    [new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]), 'upstream_unreachable', 'refused'],
    [
      new ProxyError('PROXY_AUTH', 'it wants a password'),
      'upstream_unreachable',
      'through the proxy: it wants a password.',
    ],
    [coded('UND_ERR_HEADERS_TIMEOUT'), 'upstream_silent', 'within 2 ms'],
    [coded('HPE_INVALID_CONSTANT'), 'upstream_invalid_response', 'not HTTP'],
    [Object.assign(new Error('x'), { name: 'HTTPParserError' }), 'upstream_invalid_response', 'not HTTP'],
    [coded('UND_ERR_DESTROYED'), 'shutting_down', 'stopping'],
    ['a string', 'upstream_unreachable', 'unknown'],
  ])('explains a failure before the head: %p', (cause, kind, words) => {
    const error = transportFailure(cause, { host: 'host:1', timeouts, hasHead: false });

    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBe(cause);
  });

  it.each([
    ['UND_ERR_BODY_TIMEOUT', 'upstream_silent', 'nothing for 3 ms'],
    ['UND_ERR_SOCKET', 'upstream_truncated', 'before its end'],
    ['ECONNRESET', 'upstream_truncated', 'before its end'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'upstream_truncated', 'before its end'],
    ['HPE_INVALID_EOF_STATE', 'upstream_truncated', 'before its end'],
  ])('explains a failure inside the body: %s', (code, kind, words) => {
    const error = transportFailure(coded(code), { host: 'host:1', timeouts, hasHead: true });

    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
  });
});
