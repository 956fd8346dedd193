import { GatewayError } from '@sluice/core';
import { exchangeOf } from './__fixtures__/exchange-of.js';

const error = new GatewayError({ kind: 'upstream_silent', message: 'silence' });

describe('Exchange', () => {
  describe('toRecord', () => {
    it('says all that is known of an exchange', () => {
      const { answer, clock, exchange } = exchangeOf();
      exchange.principal = { id: 'key:1', name: 'one', scopes: new Set(), models: undefined };
      exchange.call = { path: '/v1/script', query: '', body: Buffer.from('12345') };
      exchange.facts = { model: 'fast', stream: true };
      exchange.attempt = { provider: 'acme', accountId: 'a', upstreamModel: 'gpt', upstreamFormat: 'script' };
      Object.assign(exchange, { attempts: 2, status: 200, warnings: 1, upstreamRequestId: 'up_1' });
      exchange.usage = { output: 3, source: 'upstream' };
      exchange.finishReason = { unified: 'stop' };
      clock.advance(40);
      answer.begin(200, {});
      answer.write('1234');
      exchange.conclude('completed');
      const startedAtMs = clock.now() - 40;

      expect(exchange.toRecord(startedAtMs + 100)).toEqual({
        requestId: 'req_1',
        principalId: 'key:1',
        clientFormat: 'script',
        clientAddress: '127.0.0.1',
        requestedModel: 'fast',
        stream: true,
        upstreamModel: 'gpt',
        upstreamFormat: 'script',
        provider: 'acme',
        accountId: 'a',
        attempts: 2,
        ending: 'completed',
        status: 200,
        errorKind: undefined,
        failure: undefined,
        finishReason: { unified: 'stop' },
        usage: { output: 3, source: 'upstream' },
        warnings: 1,
        upstreamRequestId: 'up_1',
        startedAtMs,
        durationMs: 100,
        firstByteMs: 40,
        bytesIn: 5,
        bytesOut: 4,
      });
    });

    it('makes nothing up for an exchange that came to nothing', () => {
      const { clock, exchange } = exchangeOf();
      exchange.facts = undefined;

      expect(exchange.toRecord(clock.now())).toMatchObject({
        principalId: undefined,
        requestedModel: undefined,
        upstreamModel: undefined,
        usage: undefined,
        firstByteMs: undefined,
        ending: 'failed',
        attempts: 0,
        bytesIn: 0,
        bytesOut: 0,
      });
    });
  });

  it('ends in what is said first', () => {
    const { clock, exchange } = exchangeOf();

    exchange.conclude('broken', error);
    exchange.conclude('completed');

    expect(exchange.toRecord(clock.now())).toMatchObject({
      ending: 'broken',
      errorKind: 'upstream_silent',
      failure: error,
    });
  });

  it('is stopped by the first who stops it', () => {
    const { exchange } = exchangeOf();

    exchange.interrupt(error);
    exchange.interrupt(new GatewayError({ kind: 'shutting_down', message: 'late' }));

    expect(exchange.cancellation.reason).toBe(error);
  });
});
