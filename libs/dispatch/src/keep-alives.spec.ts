import { GatewayError } from '@sluice/core';
import { attemptWorld, type AttemptWorldOptions } from './__fixtures__/attempt-world.js';
import { declareAccount, routeOf, targetOf } from './__fixtures__/declarations.js';
import { event, scriptFormat } from './__fixtures__/script-format.js';
import { ScriptedProvider, fails, hangs, streamOf, type Turn } from './__fixtures__/scripted-provider.js';
import { VendorStream } from './__fixtures__/vendor-stream.js';
import { InFlight } from './in-flight.js';
import { KeepAlives } from './keep-alives.js';

const COMMENT = ': keep-alive\n\n';
const PING_FORMAT = {
  ...scriptFormat,
  client: { ...scriptFormat.client, keepAlive: { kind: 'sse', event: 'ping', data: '{}' } as const },
};

/** An exchange that waits for a vendor who follows the script, and somebody who keeps its client awake. */
function waitingWorld(turns: readonly Turn[], options: AttemptWorldOptions = {}) {
  const provider = new ScriptedProvider();
  provider.turns = [...turns];
  const keepAlive = { streamMs: 100, wholeMs: 0 };
  const settings = { keepAlive, ...options.settings };
  const world = attemptWorld({ stream: true, ...options, providers: [provider], settings });
  const inFlight = new InFlight();
  const keepAlives = new KeepAlives({ inFlight, clock: world.clock });
  inFlight.add(world.exchange);
  const running = world.run(routeOf(targetOf([declareAccount('a'), declareAccount('b')])));
  /** Lets time pass, and has the open answers looked at. */
  const passMs = async (ms: number): Promise<void> => {
    await settled();
    world.clock.advance(ms);
    keepAlives.tick();
  };
  return { ...world, inFlight, passMs, running };
}

/** Until everything that is possible without time or vendor has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('KeepAlives', () => {
  describe('a stream', () => {
    it('is kept awake before the vendor answers, with the head of a stream', async () => {
      const { answer, exchange, passMs } = waitingWorld([hangs()]);

      await passMs(99);
      expect([answer.isHeadSent, answer.text]).toEqual([false, '']);
      await passMs(1);
      await passMs(100);

      expect(answer).toMatchObject({ status: 200, text: COMMENT + COMMENT, hasBegun: false, violations: [] });
      expect(answer.headers).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
        'x-accel-buffering': 'no',
        'x-sluice-attempts': '1',
      });
      expect(exchange.status).toBe(200);
    });

    it('gets the frame of its format where that has one', async () => {
      const { answer, passMs } = waitingWorld([hangs()], { format: PING_FORMAT });

      await passMs(100);

      expect(answer.text).toBe('event: ping\ndata: {}\n\n');
    });

    it('has the rhythm of its answer where that has one, whatever the settings say', async () => {
      const { answer, passMs } = waitingWorld([hangs()], { settings: { keepAlive: { streamMs: 0, wholeMs: 0 } } });
      answer.signOfLifeMs = 300;

      await passMs(299);
      expect(answer.text).toBe('');
      await passMs(1);

      expect(answer.text).toBe(COMMENT);
    });

    it('is not committed by it: another account may still answer', async () => {
      let fail = (): void => {};
      const failing: Turn = () =>
        new Promise((_resolve, reject) => {
          fail = () => reject(new GatewayError({ kind: 'upstream_overloaded', message: 'full' }));
        });
      const vendor = new VendorStream();
      const { answer, exchange, passMs, running } = waitingWorld([failing, () => streamOf(vendor)]);

      await passMs(100);
      fail();
      await settled();
      vendor.deliver(Buffer.concat(['text a', 'end'].map(event)));
      vendor.finish();
      await running;

      expect(answer.text).toBe(COMMENT + event('text a').toString() + event('end').toString());
      expect(answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
      expect(exchange).toMatchObject({ ending: 'completed', attempts: 2 });
    });

    it('is kept awake in front of what is held back', async () => {
      const vendor = new VendorStream();
      const { answer, passMs } = waitingWorld([() => streamOf(vendor)]);
      await settled();

      vendor.deliver(event('hello'));
      await passMs(100);
      vendor.deliver(event('text a'));

      expect(answer.text).toBe(COMMENT + event('hello').toString() + event('text a').toString());
    });

    it('is silent from its last byte on', async () => {
      const vendor = new VendorStream();
      const { answer, passMs } = waitingWorld([() => streamOf(vendor)]);
      await settled();

      await passMs(60);
      vendor.deliver(event('text a'));
      await passMs(60);
      await passMs(60);
      expect(answer.text).toBe(event('text a').toString());
      await passMs(40);

      expect(answer.text).toBe(event('text a').toString() + COMMENT);
    });

    it('is left alone inside an event, until that is whole', async () => {
      const vendor = new VendorStream();
      const { answer, passMs } = waitingWorld([() => streamOf(vendor)]);
      await settled();
      vendor.deliver(event('text a'));
      vendor.deliver(Buffer.from(`data: text ${'b'.repeat(70_000)}`)); // longer than what may wait for its end
      await passMs(1);
      const before = answer.text;

      await passMs(100);
      expect(answer.text).toBe(before);
      vendor.deliver(Buffer.from('\n\n'));
      await passMs(1);
      await passMs(100);

      expect(answer.text).toBe(`${before}\n\n${COMMENT}`);
    });

    it('is left alone while its client does not read', async () => {
      const vendor = new VendorStream();
      const { answer, passMs } = waitingWorld([() => streamOf(vendor)]);
      await settled();
      vendor.deliver(event('text a'));
      answer.isFull = true;

      await passMs(1);
      await passMs(100);

      expect(answer.text).toBe(event('text a').toString());
    });

    it.each([
      ['that has ended', { keepAlive: { streamMs: 100, wholeMs: 0 } }, 1],
      ['where that is switched off', { keepAlive: { streamMs: 0, wholeMs: 100 } }, 0],
      ['where nothing is said of it', { keepAlive: undefined }, 0],
    ])('%s is sent nothing', async (_what, settings, turnAt) => {
      const turns: Turn[] = [hangs(), () => streamOf(ended())];
      const { answer, passMs } = waitingWorld(turns.slice(turnAt), { settings: settings as object });

      await passMs(1);
      const before = answer.text;
      await passMs(100);
      await passMs(100);

      expect(answer.text).toBe(before);
      expect(answer.violations).toEqual([]);
    });
  });

  describe('a whole answer', () => {
    const options = { stream: false, settings: { keepAlive: { streamMs: 0, wholeMs: 100 } } };

    it('is kept awake with blank lines', async () => {
      const { answer, passMs } = waitingWorld([hangs()], options);

      await passMs(100);
      await passMs(100);

      expect(answer).toMatchObject({ status: 200, text: '\n\n', hasBegun: false });
      expect(answer.headers['content-type']).toBe('application/json');
    });

    it('comes behind them', async () => {
      let give = (): void => {};
      const late: Turn = () =>
        new Promise((resolve) => {
          give = () =>
            resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: whole('{"text":"well"}') });
        });
      const { answer, exchange, passMs, running } = waitingWorld([late], options);

      await passMs(100);
      give();
      await running;

      expect(JSON.parse(answer.text)).toEqual({ text: 'well' });
      expect(answer).toMatchObject({ text: '\n{"text":"well"}', ending: 'complete', violations: [] });
      expect(exchange).toMatchObject({ ending: 'completed', status: 200 });
    });
  });

  it('leaves an exchange alone that waits for no vendor', async () => {
    const { answer, exchange, passMs } = waitingWorld([fails('upstream_error')]);
    exchange.isAwaited = false;

    await passMs(1_000);

    expect(answer.isHeadSent).toBe(false);
  });
});

function ended(): VendorStream {
  const vendor = new VendorStream();
  vendor.deliver(Buffer.concat(['text a', 'end'].map(event)));
  vendor.finish();
  return vendor;
}

function whole(text: string): VendorStream {
  const vendor = new VendorStream();
  vendor.deliver(Buffer.from(text));
  vendor.finish();
  return vendor;
}
