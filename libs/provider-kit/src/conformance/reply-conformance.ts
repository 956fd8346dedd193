import assert from 'node:assert/strict';
import { GatewayError, type UpstreamFailure } from '@sluice/core';
import { Cancellation } from '@sluice/streaming';
import { classifyFailure } from '../classify-failure.js';
import { readBody } from '../http/read-body.js';
import { kindOfStatus } from '../http/reply-failure.js';
import { retryAfterMs } from '../headers/retry-after.js';
import { withBench, type ConformanceBench } from './conformance-bench.js';
import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { replay, type ScriptedReply } from './scripted-vendor.js';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** What a provider hands back, and what it makes of failures. */
export function describeReplies(subject: ConformanceCase, { describe, it }: TestRunner): void {
  const { replies, models } = subject;
  const plain = [
    ['success', replies.success],
    ['unauthorized', replies.unauthorized],
    ['rate limited', replies.rateLimited],
    ['failure', replies.failure],
  ] as const;

  describe('reply', () => {
    for (const [name, scripted] of plain) {
      it(`hands back status, headers and body as they are: ${name}`, () =>
        withBench(subject, replay(scripted), (bench) => assertHandedBack(bench, scripted, false)));
    }

    it('hands back a stream byte for byte', () =>
      withBench(subject, replay(replies.stream), (bench) => assertHandedBack(bench, replies.stream, true)));

    it('blames the account for a refused credential', () =>
      withBench(subject, replay(replies.unauthorized), async (bench) => {
        const failure = await classify(bench, replies.unauthorized);

        assert.equal(failure.blame, 'account');
        assert.notEqual(failure.action, 'stop');
      }));

    it('lets another account try when this one is throttled, and says for how long', () =>
      withBench(subject, replay(replies.rateLimited), async (bench) => {
        const { headers = {} } = replies.rateLimited;

        const failure = await classify(bench, replies.rateLimited);

        assert.notEqual(failure.blame, 'request');
        assert.notEqual(failure.action, 'stop');
        assert.ok(failure.retryAfterMs ?? retryAfterMs(headers, 0), 'the vendor said how long');
      }));

    it('does not blame the request for a fault of the vendor', () =>
      withBench(subject, replay(replies.failure), async (bench) => {
        const failure = await classify(bench, replies.failure);

        assert.notEqual(failure.blame, 'request');
        assert.notEqual(failure.action, 'stop');
      }));

    if (models === undefined) return;

    it('reads the model list', () =>
      withBench(subject, replay(models.reply), async (bench) => {
        const arrived = bench.vendor.nextRequest();

        const listed = await listModels(bench);

        const seen = await arrived;
        assert.deepEqual(listed, models.expected);
        assert.equal(seen.url, models.path);
        for (const [name, value] of Object.entries(subject.auth)) assert.equal(seen.headers[name], value);
      }));

    it('fails as a dead credential when the model list is refused', () =>
      withBench(subject, replay(replies.unauthorized), async (bench) => {
        await assert.rejects(listModels(bench), { name: 'GatewayError', kind: 'upstream_auth_failed' });
      }));
  });
}

async function assertHandedBack(bench: ConformanceBench, scripted: ScriptedReply, stream: boolean): Promise<void> {
  const reply = await bench.provider.send(bench.call({ stream }));
  const body = await readBody(reply.body, MAX_BODY_BYTES, new Cancellation());

  assert.equal(reply.status, scripted.status);
  for (const [name, value] of Object.entries(scripted.headers ?? {}))
    assert.equal(reply.headers[name.toLowerCase()], value);
  assert.deepEqual(body, Buffer.concat(scripted.chunks.map((chunk) => Buffer.from(chunk))));
}

/** As the attempt loop does it, with the error that the status alone stands for. */
async function classify(bench: ConformanceBench, scripted: ScriptedReply): Promise<UpstreamFailure> {
  const { status, headers, body } = await bench.provider.send(bench.call());
  const bytes = await readBody(body, MAX_BODY_BYTES, new Cancellation());
  assert.equal(status, scripted.status);
  const message = `HTTP ${status}`;
  const error = new GatewayError({ kind: kindOfStatus(status), message, upstream: { status, message } });
  return classifyFailure(error, bench.provider, { status, headers, body: bytes, error });
}

async function listModels({ provider, account, credential }: ConformanceBench): Promise<unknown> {
  assert.ok(provider.listModels, 'the provider lists models');
  return provider.listModels(account, credential, new AbortController().signal);
}
