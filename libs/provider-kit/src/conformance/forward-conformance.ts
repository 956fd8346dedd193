import assert from 'node:assert/strict';
import { Cancellation, collect, sourceOf } from '@sluice/streaming';
import { forwardWholeRequestHeaders } from '../headers/forward-request-headers.js';
import type { ForwardCall, UpstreamReply } from '../provider.js';
import { withBench, type ConformanceBench } from './conformance-bench.js';
import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { replay, stallAfterFirstChunk, type ScriptedReply, type SeenRequest } from './scripted-vendor.js';

const CLIENT_SECRET = 'secret-of-the-client';
const MAX_BYTES = 1024;
/** No text, and cut where no character ends. */
const BODY = [Buffer.from([0xff, 0x00, 0xe2]), Buffer.from([0x82, 0xac, 0x0a])];

/** What a provider owes requests that pass whole. */
export function describeForwarding(subject: ConformanceCase, { describe, it }: TestRunner): void {
  const { forward } = subject;
  if (forward === undefined) return;
  const answer: ScriptedReply = { status: 201, headers: { 'x-a': 'b' }, chunks: ['{"id":', '1}'] };

  describe('forward', () => {
    it('names the API whose paths it takes', () =>
      withBench(subject, replay(answer), async ({ provider }) => {
        assert.ok(provider.descriptor.api, 'nobody would send it anything otherwise');
      }));

    for (const method of ['GET', 'DELETE', 'POST'] as const) {
      it(`passes ${method} to the same path, with the query but for keys`, () =>
        withBench(subject, replay(answer), async (bench) => {
          const query = `?limit=2&key=${CLIENT_SECRET}`;

          const { seen, reply } = await forwarded(bench, { method, path: forward.path, query });
          reply.body.cancel();

          assert.deepEqual([seen.method, seen.url], [method, `${forward.arrivesAt}?limit=2`]);
        }));
    }

    it('passes the bytes of the body and what the client says of them', () =>
      withBench(subject, replay(answer), async (bench) => {
        const headers = { 'content-type': 'multipart/form-data; boundary=b', 'x-other': '1' };

        const { seen, reply } = await forwarded(bench, {
          method: 'POST',
          path: forward.path,
          headers: forwardWholeRequestHeaders(headers),
          body: { source: sourceOf(BODY), length: 6 },
        });
        reply.body.cancel();

        assert.deepEqual(seen.body, Buffer.concat(BODY));
        assert.equal(seen.headers['content-type'], headers['content-type']);
        assert.equal(seen.headers['content-length'], '6');
        assert.equal(seen.headers['x-other'], undefined);
      }));

    it('proves itself with its own credential and hands none of the client on', () =>
      withBench(subject, replay(answer), async (bench) => {
        const headers = forwardWholeRequestHeaders({
          authorization: `Bearer ${CLIENT_SECRET}`,
          'x-api-key': CLIENT_SECRET,
          'x-goog-api-key': CLIENT_SECRET,
          cookie: CLIENT_SECRET,
        });

        const { seen, reply } = await forwarded(bench, { method: 'GET', path: forward.path, headers });
        reply.body.cancel();

        for (const [name, value] of Object.entries(subject.auth)) assert.equal(seen.headers[name], value);
        assert.ok(!JSON.stringify(seen.headers).includes(CLIENT_SECRET));
      }));

    it('gives status, headers and bytes back', () =>
      withBench(subject, replay(answer), async (bench) => {
        const { reply } = await forwarded(bench, { method: 'GET', path: forward.path });

        const body = await collect(reply.body, { maxBytes: MAX_BYTES, cancellation: new Cancellation() });
        assert.deepEqual([reply.status, reply.headers['x-a'], body.toString()], [201, 'b', '{"id":1}']);
        assert.equal(reply.location, undefined);
      }));

    it('does not follow a redirect, but says which path of ours it leads to', () =>
      withBench(subject, replay({ status: 302, headers: { location: './other?a=1' }, chunks: [] }), async (bench) => {
        const { reply } = await forwarded(bench, { method: 'GET', path: forward.path });
        reply.body.cancel();

        const besides = forward.path.slice(0, forward.path.lastIndexOf('/'));
        assert.deepEqual([reply.status, reply.location], [302, `${besides}/other?a=1`]);
        assert.equal(bench.vendor.seen.length, 1);
      }));

    it('has nowhere to lead where the vendor leads to another host', () =>
      withBench(
        subject,
        replay({ status: 302, headers: { location: 'https://elsewhere.example/x' }, chunks: [] }),
        async (bench) => {
          const { reply } = await forwarded(bench, { method: 'GET', path: forward.path });
          reply.body.cancel();

          assert.equal(reply.location, undefined);
        },
      ));

    it('drops the connection when the call is cancelled', () =>
      withBench(subject, stallAfterFirstChunk(answer), async (bench) => {
        const { seen, reply } = await forwarded(bench, { method: 'GET', path: forward.path });

        reply.body.cancel();

        assert.equal(await seen.closed, false);
      }));
  });
}

async function forwarded(
  { provider, vendor, account, credential }: ConformanceBench,
  call: Pick<ForwardCall, 'method' | 'path'> & Partial<ForwardCall>,
): Promise<{ readonly seen: SeenRequest; readonly reply: UpstreamReply }> {
  assert.ok(provider.forward, 'the case says that the provider forwards');
  const whole: ForwardCall = {
    account,
    credential,
    query: '',
    headers: {},
    body: undefined,
    cancellation: new Cancellation(),
    ...call,
  };
  const [seen, reply] = await Promise.all([vendor.nextRequest(), provider.forward(whole)]);
  return { seen, reply };
}
