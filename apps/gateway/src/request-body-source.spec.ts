import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { jest } from '@jest/globals';
import { openRequestBody } from './request-body-source.js';

const STALL_MS = 60_000;

/** A request whose body the spec writes. */
function incoming(headers: Record<string, string>) {
  const stream = new PassThrough();
  return { stream, request: Object.assign(stream, { headers }) as unknown as IncomingMessage };
}

function listenTo(request: IncomingMessage, limits: { maxBytes?: number; stallMs?: number } = {}) {
  const body = openRequestBody(request, { stallMs: STALL_MS, ...limits });
  const heard: unknown[] = [];
  const settled = new Promise<void>((resolve) => {
    body?.source.start({
      onData: (chunk) => heard.push(chunk.toString()),
      onEnd: () => (heard.push('end'), resolve()),
      onError: (error) => (heard.push((error as { kind?: unknown }).kind), resolve()),
    });
  });
  return { body, heard, settled };
}

describe('openRequestBody', () => {
  it.each([[{}], [{ 'content-length': '0' }]])('finds none with the headers %j', (headers) => {
    expect(openRequestBody(incoming(headers).request, { stallMs: STALL_MS })).toBeUndefined();
  });

  it('knows a declared length', () => {
    expect(openRequestBody(incoming({ 'content-length': '5' }).request, { stallMs: STALL_MS })?.length).toBe(5);
    expect(openRequestBody(incoming({ 'transfer-encoding': 'chunked' }).request, { stallMs: STALL_MS })?.length).toBe(
      undefined,
    );
  });

  it('refuses a declared length above the limit', () => {
    const { request } = incoming({ 'content-length': '11' });

    expect(() => openRequestBody(request, { stallMs: STALL_MS, maxBytes: 10 })).toThrow(
      expect.objectContaining({ kind: 'request_too_large' }),
    );
  });

  it('hands on each piece and the end', async () => {
    const { stream, request } = incoming({ 'transfer-encoding': 'chunked' });
    const { heard, settled } = listenTo(request);

    stream.write('ab');
    stream.end('c');

    await settled;
    expect(heard).toEqual(['ab', 'c', 'end']);
  });

  it('breaks off where more arrives than may', async () => {
    const { stream, request } = incoming({ 'transfer-encoding': 'chunked' });
    const { heard, settled } = listenTo(request, { maxBytes: 3 });

    stream.write('ab');
    stream.write('cd');

    await settled;
    expect(heard).toEqual(['ab', 'request_too_large']);
  });

  it('tells that the client is gone', async () => {
    const { stream, request } = incoming({ 'transfer-encoding': 'chunked' });
    const { heard, settled } = listenTo(request);

    stream.destroy();

    await settled;
    expect(heard).toEqual(['client_closed']);
  });

  describe('when nothing arrives', () => {
    beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
    afterEach(() => jest.useRealTimers());

    it('gives up', () => {
      const { request } = incoming({ 'transfer-encoding': 'chunked' });
      const { heard } = listenTo(request);

      jest.advanceTimersByTime(STALL_MS);

      expect(heard).toEqual(['request_timeout']);
    });

    it('is patient with a vendor that takes nothing', () => {
      const { request } = incoming({ 'transfer-encoding': 'chunked' });
      const { body, heard } = listenTo(request);

      body?.source.pause();
      jest.advanceTimersByTime(STALL_MS * 2);
      expect(heard).toEqual([]);

      body?.source.resume();
      jest.advanceTimersByTime(STALL_MS);
      expect(heard).toEqual(['request_timeout']);
    });
  });

  it('discards what nobody wants any more', async () => {
    const { stream, request } = incoming({ 'transfer-encoding': 'chunked' });
    const { body, heard } = listenTo(request);
    const ended = new Promise((resolve) => stream.once('end', resolve));

    body?.source.cancel();
    stream.end('ab');

    await ended;
    expect(heard).toEqual([]);
  });
});
