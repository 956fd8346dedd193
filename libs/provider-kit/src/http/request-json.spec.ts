import { replay, ScriptedVendor, silence, stallAfterFirstChunk } from '../conformance/scripted-vendor.js';
import { kindOfStatus, replyFailure } from './reply-failure.js';
import { requestJson, type JsonRequest } from './request-json.js';
import { UpstreamHttp } from './upstream-http.js';

describe('requestJson', () => {
  let http: UpstreamHttp;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(replay({ status: 200, chunks: ['{"a":', '[1]}'] }));
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  const request = (changes: Partial<JsonRequest> = {}): JsonRequest => ({
    method: 'GET',
    url: `${vendor.origin}/x`,
    headers: {},
    transport: { timeouts: { connectMs: 30_000, firstByteMs: 30_000, idleMs: 30_000 } },
    signal: new AbortController().signal,
    ...changes,
  });

  it('reads the value', async () => {
    expect(await requestJson(http, request())).toMatchObject({ status: 200, value: { a: [1] } });
  });

  it('sends JSON, and the headers of the caller win', async () => {
    await requestJson(http, request({ method: 'POST', body: { k: 'v' }, headers: { accept: 'text/x', 'x-y': '1' } }));

    expect(vendor.seen[0]?.body.toString()).toBe('{"k":"v"}');
    expect(vendor.seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'text/x', 'x-y': '1' });
  });

  it('sends a form', async () => {
    await requestJson(http, request({ method: 'POST', body: new URLSearchParams({ 'a b': 'ä&' }) }));

    expect(vendor.seen[0]?.body.toString()).toBe('a+b=%C3%A4%26');
    expect(vendor.seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('has no value where the body is not JSON, whatever the status', async () => {
    vendor.answer(replay({ status: 502, chunks: ['<html>'] }));

    expect(await requestJson(http, request())).toMatchObject({ status: 502, value: undefined });
  });

  it('refuses an answer above the bound', async () => {
    await expect(requestJson(http, request({ maxBytes: 8 }))).rejects.toMatchObject({
      kind: 'upstream_invalid_response',
      message: expect.stringContaining('8 bytes') as unknown,
    });
  });

  it('accepts an answer of exactly the bound', async () => {
    expect((await requestJson(http, request({ maxBytes: 9 }))).value).toEqual({ a: [1] });
  });

  it('stops when the signal says so, before the head', async () => {
    vendor.answer(silence);
    const abort = new AbortController();
    const arrived = vendor.nextRequest();
    const asked = requestJson(http, request({ signal: abort.signal }));
    const seen = await arrived;

    abort.abort('enough');

    await expect(asked).rejects.toMatchObject({ kind: 'client_closed', cause: 'enough' });
    expect(await seen.closed).toBe(false);
  });

  it('reports a timeout signal as silence, also inside the body', async () => {
    vendor.answer(stallAfterFirstChunk({ status: 200, chunks: ['{'] }));

    await expect(requestJson(http, request({ signal: AbortSignal.timeout(50) }))).rejects.toMatchObject({
      kind: 'upstream_silent',
    });
  });

  it('does not begin with a signal that has fired', async () => {
    await expect(requestJson(http, request({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      kind: 'client_closed',
    });
    expect(vendor.seen).toEqual([]);
  });
});

describe('kindOfStatus', () => {
  it.each([
    [400, 'upstream_invalid_request'],
    [401, 'upstream_auth_failed'],
    [402, 'upstream_quota_exhausted'],
    [403, 'upstream_auth_failed'],
    [404, 'upstream_not_found'],
    [408, 'upstream_timed_out'],
    [413, 'upstream_request_too_large'],
    [422, 'upstream_invalid_request'],
    [429, 'upstream_rate_limited'],
    [500, 'upstream_error'],
    [502, 'upstream_error'],
    [503, 'upstream_overloaded'],
    [504, 'upstream_timed_out'],
    [529, 'upstream_overloaded'],
    [307, 'upstream_invalid_response'],
  ])('%i is %s', (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
  });
});

describe('replyFailure', () => {
  it('says what was asked for and keeps the status', () => {
    const error = replyFailure({ status: 403, headers: {}, value: { error: 'key sk-1 is dead' } }, 'its model list');

    expect(error).toMatchObject({ kind: 'upstream_auth_failed', upstream: { status: 403 } });
    expect(error.message).toBe('The vendor did not give its model list: HTTP 403.');
  });
});
