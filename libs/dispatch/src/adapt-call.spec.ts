import { GatewayError, type AdaptableRequest, type AdaptedRequest } from '@sluice/provider-kit';
import { attemptWorld } from './__fixtures__/attempt-world.js';
import { declareAccount, routeOf, targetOf } from './__fixtures__/declarations.js';
import { answers, refuses, ScriptedProvider } from './__fixtures__/scripted-provider.js';

const A = declareAccount('a');
const B = declareAccount('b', { priority: 1 });

/** A vendor that does not take all that its format can say. */
class PickyVendor extends ScriptedProvider {
  readonly adapted: AdaptableRequest[] = [];

  constructor(private readonly adapt: (request: AdaptableRequest) => AdaptedRequest) {
    super();
    this.turns = [answers()];
  }

  adaptRequest(request: AdaptableRequest): AdaptedRequest {
    this.adapted.push(request);
    return this.adapt(request);
  }
}

const WARNING = { path: '/sampling/topP', effect: 'dropped', message: 'It takes no top_p.' } as const;

describe('a provider that adapts requests', () => {
  it('is given the request as it would be sent, and what it makes of it is sent', async () => {
    const vendor = new PickyVendor(() => ({
      body: Buffer.from('{"other":1}'),
      headers: { 'session-id': 's' },
      warnings: [],
    }));
    const world = attemptWorld({ providers: [vendor] });

    await world.run(routeOf(targetOf([A], 'm-1')));

    expect(vendor.adapted).toMatchObject([{ format: 'script', model: 'm-1', account: { id: 'a' } }]);
    expect(vendor.adapted[0]?.body.toString()).toBe('{"model":"m-1","stream":false}');
    expect(vendor.calls[0]?.body.toString()).toBe('{"other":1}');
    expect(vendor.calls[0]?.headers).toMatchObject({ 'session-id': 's' });
  });

  it('has what it leaves out counted for the attempt that is answered, and logged', async () => {
    const vendor = new PickyVendor(({ body }) => ({ body, headers: {}, warnings: [WARNING] }));
    vendor.turns = [refuses(429), answers()];
    const world = attemptWorld({ providers: [vendor] });

    await world.run(routeOf(targetOf([A, B])));

    expect(world.exchange).toMatchObject({ attempts: 2, warnings: 1 });
    expect(world.answer.headers).toMatchObject({ 'x-sluice-warnings': '1' });
  });

  it('may refuse a request that its vendor cannot be asked, and no other account is', async () => {
    const vendor = new PickyVendor(() => {
      throw new GatewayError({ kind: 'invalid_request', message: 'Send it whole.' });
    });
    const world = attemptWorld({ providers: [vendor] });

    const gaveUp = await world.run(routeOf(targetOf([A, B])));

    expect(gaveUp?.error).toMatchObject({ kind: 'invalid_request', message: 'Send it whole.' });
    expect(vendor.adapted).toHaveLength(1);
    expect(vendor.calls).toEqual([]);
  });
});
