import assert from 'node:assert/strict';
import { forwardRequestHeaders } from '../headers/forward-request-headers.js';
import type { UpstreamCall } from '../provider.js';
import { withBench, type ConformanceBench } from './conformance-bench.js';
import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { replay, type SeenRequest } from './scripted-vendor.js';

const CLIENT_SECRET = 'secret-of-the-client';

/** What a provider sends. */
export function describeRequests(subject: ConformanceCase, { describe, it }: TestRunner): void {
  const { success, stream } = subject.replies;

  describe('request', () => {
    it('accepts the settings of the case and refuses an unknown member', () =>
      withBench(subject, replay(success), async ({ provider, vendor }) => {
        const settings = { ...subject.settings(vendor.origin), memberThatNobodyKnows: 1 };

        assert.equal(provider.descriptor.settings.safeParse(settings).success, false);
      }));

    it('posts exactly the bytes of the body to the endpoint', () =>
      withBench(subject, replay(success), async (bench) => {
        const call = bench.call();

        const seen = await sendAndDrop(bench, call);

        assert.equal(seen.method, 'POST');
        assert.equal(seen.url, subject.path);
        assert.deepEqual(seen.body, call.body);
        assert.match(seen.headers['content-type'] ?? '', /^application\/json/);
      }));

    it('proves itself with its own credential', () =>
      withBench(subject, replay(success), async (bench) => {
        const seen = await sendAndDrop(bench, bench.call());

        for (const [name, value] of Object.entries(subject.auth)) assert.equal(seen.headers[name], value);
      }));

    it('lets the headers of the account win', () =>
      withBench(subject, replay(success), async (bench) => {
        const names = ['User-Agent', ...Object.keys(subject.auth)];
        const headers = Object.fromEntries(names.map((name) => [name, 'as the operator says']));

        const seen = await sendAndDrop(bench, bench.call({ account: { ...bench.account, headers } }));

        for (const name of names) assert.equal(seen.headers[name.toLowerCase()], 'as the operator says');
      }));

    it('hands no credential of the client on', () =>
      withBench(subject, replay(success), async (bench) => {
        const headers = forwardRequestHeaders({
          authorization: `Bearer ${CLIENT_SECRET}`,
          'x-api-key': CLIENT_SECRET,
          'x-goog-api-key': CLIENT_SECRET,
          cookie: CLIENT_SECRET,
        });

        const seen = await sendAndDrop(bench, bench.call({ headers, query: `?key=${CLIENT_SECRET}&beta=true` }));

        assert.ok(!JSON.stringify([seen.url, seen.headers]).includes(CLIENT_SECRET));
        assert.ok(seen.url.endsWith('?beta=true') || seen.url.endsWith('&beta=true'), 'the rest of the query travels');
      }));

    it('asks for an uncompressed answer, also where the account says otherwise', () =>
      withBench(subject, replay(success), async (bench) => {
        const account = { ...bench.account, headers: { 'accept-encoding': 'gzip' } };

        const seen = await sendAndDrop(bench, bench.call({ account }));

        assert.equal(seen.headers['accept-encoding'], 'identity');
      }));

    it('asks for an event stream when the call streams', () =>
      withBench(subject, replay(stream), async (bench) => {
        const seen = await sendAndDrop(bench, bench.call({ stream: true }));

        assert.ok(seen.headers.accept, 'an accept header is sent');
      }));
  });
}

async function sendAndDrop({ provider, vendor }: ConformanceBench, call: UpstreamCall): Promise<SeenRequest> {
  const [seen, reply] = await Promise.all([vendor.nextRequest(), provider.send(call)]);
  reply.body.cancel();
  return seen;
}
