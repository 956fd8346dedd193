import assert from 'node:assert/strict';
import { collect } from '@sluice/streaming';
import type { CountCall, UpstreamReply } from '../provider.js';
import { withBench, type ConformanceBench } from './conformance-bench.js';
import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { replay, silence, type SeenRequest } from './scripted-vendor.js';

const MAX_BYTES = 1024;

/** What a provider owes those who ask how large a request is. */
export function describeCounting(subject: ConformanceCase, { describe, it }: TestRunner): void {
  const { count } = subject;
  if (count === undefined) return;

  describe('countTokens', () => {
    it('posts exactly the bytes of the body to the endpoint, with its own credential', () =>
      withBench(subject, replay(count.reply), async (bench) => {
        const call = bench.call();

        const { seen, reply } = await counted(bench, call);
        reply.body.cancel();

        assert.deepEqual([seen.method, seen.url], ['POST', count.path]);
        assert.deepEqual(seen.body, call.body);
        assert.match(seen.headers['content-type'] ?? '', /^application\/json/);
        for (const [name, value] of Object.entries(subject.auth)) assert.equal(seen.headers[name], value);
      }));

    it('gives the vendor’s answer back', () =>
      withBench(subject, replay(count.reply), async (bench) => {
        const call = bench.call();

        const { reply } = await counted(bench, call);

        const body = await collect(reply.body, { maxBytes: MAX_BYTES, cancellation: call.cancellation });
        assert.deepEqual([reply.status, body.toString()], [count.reply.status, count.reply.chunks.join('')]);
      }));

    it('gives a refusal back instead of throwing it', () =>
      withBench(subject, replay(subject.replies.rateLimited), async (bench) => {
        const { reply } = await counted(bench, bench.call());
        reply.body.cancel();

        assert.equal(reply.status, subject.replies.rateLimited.status);
      }));

    it('drops the connection when the call is cancelled', () =>
      withBench(subject, silence, async (bench) => {
        const call = bench.call();
        assert.ok(bench.provider.countTokens, 'the case says that the provider counts');
        const refused = assert.rejects(bench.provider.countTokens(call));
        const seen = await bench.vendor.nextRequest();

        call.cancellation.cancel(new Error('the client is gone'));

        await refused;
        assert.equal(await seen.closed, false);
      }));
  });
}

async function counted(
  { provider, vendor }: ConformanceBench,
  call: CountCall,
): Promise<{ readonly seen: SeenRequest; readonly reply: UpstreamReply }> {
  assert.ok(provider.countTokens, 'the case says that the provider counts');
  const [seen, reply] = await Promise.all([vendor.nextRequest(), provider.countTokens(call)]);
  return { seen, reply };
}
