import assert from 'node:assert/strict';
import { once } from 'node:events';
import { GatewayError } from '@sluice/core';
import { Cancellation, type PushSource } from '@sluice/streaming';
import { withBench, type ConformanceBench } from './conformance-bench.js';
import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { replay, resetAfterFirstChunk, silence, stallAfterFirstChunk, type VendorScript } from './scripted-vendor.js';

const PIECE = Buffer.alloc(64 * 1024, 'x');
/** Together more than any socket buffer between the two ends holds. */
const PIECES = 256;
/** What may still arrive after `pause`: pieces on their way through the parser. */
const MAX_AFTER_PAUSE_BYTES = 4 * PIECE.length;
/** Exchanges on another connection that pass while the body is paused: a measure of time that knows no clock. */
const EXCHANGES_WHILE_PAUSED = 20;

/** How a call behaves in time: broken, cancelled, slowed down. */
export function describeFlow(subject: ConformanceCase, { describe, it }: TestRunner): void {
  const { stream, success } = subject.replies;

  describe('flow', () => {
    it('reports a stream that breaks off as truncated', () =>
      withBench(subject, resetAfterFirstChunk(stream), async (bench) => {
        const reply = await bench.provider.send(bench.call({ stream: true }));

        const error = await failureOf(reply.body);

        assert.ok(error instanceof GatewayError);
        assert.equal(error.kind, 'upstream_truncated');
      }));

    it('gives up waiting for the head when the call is cancelled, and drops the connection', () =>
      withBench(subject, silence, async (bench) => {
        const cancellation = new Cancellation();
        const arrived = bench.vendor.nextRequest();
        const sent = bench.provider.send(bench.call({ cancellation }));
        const seen = await arrived;

        cancellation.cancel('the client went away');

        await assert.rejects(sent, { name: 'GatewayError', kind: 'client_closed' });
        assert.equal(await seen.closed, false);
      }));

    it('drops the connection when the call is cancelled in the middle of the body', () =>
      withBench(subject, stallAfterFirstChunk(stream), async (bench) => {
        const cancellation = new Cancellation();
        const arrived = bench.vendor.nextRequest();
        const reply = await bench.provider.send(bench.call({ stream: true, cancellation }));
        await firstChunk(reply.body);

        cancellation.cancel('the client went away');

        assert.equal(await (await arrived).closed, false);
      }));

    it('drops the connection when the body is cancelled', () =>
      withBench(subject, stallAfterFirstChunk(stream), async (bench) => {
        const arrived = bench.vendor.nextRequest();
        const reply = await bench.provider.send(bench.call({ stream: true }));
        await firstChunk(reply.body);

        reply.body.cancel();

        assert.equal(await (await arrived).closed, false);
      }));

    it('stops the vendor while the body is paused, and loses nothing', () =>
      withBench(subject, replay(success), (bench) => assertBackpressure(bench, replay(success))));
  });
}

async function assertBackpressure(bench: ConformanceBench, shortAnswer: VendorScript): Promise<void> {
  bench.vendor.answer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    void (async () => {
      for (let piece = 0; piece < PIECES; piece += 1) {
        if (!response.write(PIECE)) await once(response, 'drain');
      }
      response.end();
    })();
  });
  const { body } = await bench.provider.send(bench.call({ stream: true }));
  let bytes = 0;
  const ended = new Promise<void>((resolve, reject) => {
    body.start({
      onData: (chunk) => {
        if (bytes === 0) body.pause();
        bytes += chunk.length;
      },
      onEnd: resolve,
      onError: reject,
    });
  });

  bench.vendor.answer(shortAnswer);
  for (let exchange = 0; exchange < EXCHANGES_WHILE_PAUSED; exchange += 1) {
    const other = await bench.provider.send(bench.call());
    await drained(other.body);
  }
  const whilePaused = bytes;
  body.resume();
  await ended;

  assert.ok(whilePaused <= MAX_AFTER_PAUSE_BYTES, `${whilePaused} bytes arrived although the body was paused`);
  assert.equal(bytes, PIECES * PIECE.length);
}

function firstChunk(source: PushSource<Buffer>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    source.start({ onData: resolve, onEnd: () => reject(new Error('the body ended')), onError: reject });
  });
}

function drained(source: PushSource<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => source.start({ onData: () => {}, onEnd: resolve, onError: reject }));
}

function failureOf(source: PushSource<Buffer>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    source.start({ onData: () => {}, onEnd: () => reject(new Error('the body ended cleanly')), onError: resolve });
  });
}
