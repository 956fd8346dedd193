import { GatewayError } from '@sluice/core';
import type { UpstreamCall } from '@sluice/provider-kit';
import { Cancellation, collect } from '@sluice/streaming';
import { declareAccount } from './__fixtures__/declarations.js';
import { hangs, reply, ScriptedProvider, type Turn } from './__fixtures__/scripted-provider.js';
import { VendorStream } from './__fixtures__/vendor-stream.js';
import { Pause } from './pause.js';
import { sendInTime } from './send-in-time.js';

const TOO_LONG = { kind: 'upstream_silent', message: expect.stringContaining('not whole after 50 ms') as string };

/** Ends a wait when the spec says so. */
class HandPause extends Pause {
  readonly waits: number[] = [];
  isOver = false;
  expire: () => void = () => {};

  wait(ms: number, cancellation: Cancellation): Promise<void> {
    this.waits.push(ms);
    return new Promise((resolve) => {
      this.expire = resolve;
      cancellation.onCancel(() => {
        this.isOver = true;
        resolve();
      });
    });
  }
}

interface SentOptions {
  readonly stream?: boolean;
  readonly limit?: { readonly totalMs?: number };
}

function sent(turn: Turn, { stream = false, limit = { totalMs: 50 } }: SentOptions = {}) {
  const provider = new ScriptedProvider();
  provider.turns = [turn];
  const pause = new HandPause();
  const timeouts = { connectMs: 1, firstByteMs: 1, idleMs: 1, ...limit };
  const { account } = declareAccount('a', {}, { transport: { timeouts } });
  const cancellation = new Cancellation();
  const call: UpstreamCall = {
    account,
    credential: { kind: 'none', secret: '' },
    format: 'script',
    model: 'm',
    stream,
    query: '',
    body: Buffer.alloc(0),
    headers: {},
    cancellation,
  };
  return { cancellation, pause, provider, sending: sendInTime({ provider, pause }, call) };
}

describe('sendInTime', () => {
  it('gives up a call that is not answered in time', async () => {
    const { pause, provider, sending } = sent(hangs());
    pause.expire();

    await expect(sending).rejects.toMatchObject(TOO_LONG);
    expect(pause.waits).toEqual([50]);
    expect(provider.calls[0]?.cancellation.isCancelled).toBe(true);
  });

  it('leaves the exchange to other accounts', async () => {
    const { cancellation, pause, sending } = sent(hangs());
    pause.expire();

    await expect(sending).rejects.toBeInstanceOf(GatewayError);
    expect(cancellation.isCancelled).toBe(false);
  });

  it('breaks a body off that is not whole in time', async () => {
    const vendor = new VendorStream();
    const { cancellation, pause, sending } = sent(() => reply(200, {}, vendor));
    const { body } = await sending;
    const collecting = collect(body, { maxBytes: 100, cancellation });
    vendor.deliver(Buffer.from('half'));

    pause.expire();

    await expect(collecting).rejects.toMatchObject(TOO_LONG);
  });

  it('breaks a body off that was not read in time', async () => {
    const { cancellation, pause, sending } = sent(() => reply(200, {}, new VendorStream()));
    const { body } = await sending;
    pause.expire();
    await Promise.resolve();

    await expect(collect(body, { maxBytes: 100, cancellation })).rejects.toMatchObject(TOO_LONG);
  });

  it('lets a whole body be, and waits no longer', async () => {
    const vendor = new VendorStream();
    const { cancellation, pause, provider, sending } = sent(() => reply(200, {}, vendor));
    const { body } = await sending;
    vendor.deliver(Buffer.from('whole'));
    vendor.finish();

    expect((await collect(body, { maxBytes: 100, cancellation })).toString()).toBe('whole');
    expect([pause.isOver, provider.calls[0]?.cancellation.isCancelled]).toEqual([true, false]);
  });

  it('hands on what breaks by itself, and waits no longer', async () => {
    const vendor = new VendorStream();
    const { cancellation, pause, sending } = sent(() => reply(200, {}, vendor));
    const collecting = collect((await sending).body, { maxBytes: 100, cancellation });
    vendor.fail(new GatewayError({ kind: 'upstream_truncated', message: 'cut' }));

    await expect(collecting).rejects.toMatchObject({ kind: 'upstream_truncated' });
    expect(pause.isOver).toBe(true);
  });

  it('ends with the exchange', async () => {
    const { cancellation, pause, sending } = sent(hangs());
    const gone = new GatewayError({ kind: 'client_closed', message: 'gone' });
    cancellation.cancel(gone);

    await expect(sending).rejects.toBe(gone);
    expect(pause.isOver).toBe(true);
  });

  it('frees a body that nobody wants', async () => {
    const vendor = new VendorStream();
    const { pause, sending } = sent(() => reply(200, {}, vendor));

    (await sending).body.cancel('enough');

    expect([vendor.isCancelled, pause.isOver]).toEqual([true, true]);
  });

  it.each<[what: string, options: SentOptions]>([
    ['for a stream', { stream: true }],
    ['where the account sets none', { limit: {} }],
  ])('has no end %s', async (_what, options) => {
    const { pause, provider, cancellation, sending } = sent(() => reply(200, {}, new VendorStream()), options);
    await sending;

    expect(pause.waits).toEqual([]);
    expect(provider.calls[0]?.cancellation).toBe(cancellation);
  });
});
