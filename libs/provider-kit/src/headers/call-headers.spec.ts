import { Cancellation } from '@sluice/streaming';
import type { UpstreamCall } from '../provider.js';
import { callHeaders } from './call-headers.js';

function call(changes: {
  headers?: UpstreamCall['headers'];
  account?: Record<string, string>;
  stream?: boolean;
}): UpstreamCall {
  return {
    account: {
      id: 'a',
      provider: 'p',
      settings: {},
      headers: changes.account ?? {},
      transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
    },
    credential: { kind: 'api-key', secret: 'k' },
    format: 'openai-chat',
    model: 'm',
    stream: changes.stream ?? false,
    query: '',
    body: Buffer.alloc(0),
    headers: changes.headers ?? {},
    cancellation: new Cancellation(),
  };
}

describe('callHeaders', () => {
  it('says what is sent, what is wanted and who asks', () => {
    expect(callHeaders(call({}), { auth: { authorization: 'Bearer k' } })).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'sluice',
      authorization: 'Bearer k',
    });
  });

  it('wants an event stream where the call streams', () => {
    expect(callHeaders(call({ stream: true }), { auth: {} })['accept']).toBe('text/event-stream');
  });

  it.each([
    ['a renewed credential', { auth: { authorization: 'Bearer old' } }, { auth: { authorization: 'Bearer new' } }],
    ['one header more', { auth: {} }, { auth: { 'x-signature': 's' } }],
    ['one header less', { auth: { 'x-signature': 's' } }, { auth: {} }],
    ['another default', { auth: {}, defaults: { 'x-version': '1' } }, { auth: {}, defaults: { 'x-version': '2' } }],
  ])('does not repeat what it knows of the account after %s', (_change, before, after) => {
    const sent = call({});
    callHeaders(sent, before);

    const headers = callHeaders(sent, after);

    expect(headers).toEqual(callHeaders(call({}), after));
    expect(headers).not.toEqual(callHeaders(call({}), before));
  });

  it.each([
    [{ 'anthropic-beta': 'a' }, { 'anthropic-beta': 'b' }],
    [{ traceparent: '1' }, {}],
    [{}, { traceparent: '1' }],
  ])('does not repeat the headers of another client: %j, then %j', (first, second) => {
    const sent = call({ headers: first });
    const own = { auth: {} };
    callHeaders({ ...sent, format: 'anthropic-messages' }, own);

    const headers = callHeaders({ ...sent, format: 'anthropic-messages', headers: second }, own);

    expect(headers).toEqual(callHeaders({ ...call({ headers: second }), format: 'anthropic-messages' }, own));
  });

  it('lets the client win over defaults, the credential over the client, and the operator over all', () => {
    const headers = callHeaders(
      call({ headers: { v: 'client', authorization: 'client', x: 'client' }, account: { X: 'operator' } }),
      { defaults: { v: 'default', d: 'default' }, auth: { authorization: 'credential', x: 'credential' } },
    );

    expect(headers).toMatchObject({ d: 'default', v: 'client', authorization: 'credential', x: 'operator' });
  });

  it('lets what the operator wants of this call win over everything, instead of the account’s own', () => {
    const sent = { ...call({ headers: { 'x-a': 'client' }, account: { 'x-a': 'account', 'x-b': 'b' } }) };
    callHeaders(sent, { auth: { authorization: 'Bearer k' } });

    const headers = callHeaders({ ...sent, operatorHeaders: { 'x-a': 'operator' } }, { auth: { 'x-key': 'k' } });

    expect(headers).toMatchObject({ 'x-a': 'operator', 'x-key': 'k' });
    expect(headers).not.toHaveProperty('x-b');
  });

  it('does not repeat what it knows after another wish of the operator', () => {
    const sent = call({});
    const auth = { authorization: 'Bearer k' };
    callHeaders({ ...sent, operatorHeaders: { 'x-user': 'ada' } }, { auth });

    expect(callHeaders({ ...sent, operatorHeaders: { 'x-user': 'bob' } }, { auth })['x-user']).toBe('bob');
    expect(callHeaders(sent, { auth })).not.toHaveProperty('x-user');
  });
});
