import { TargetSplit } from '@sluice/routing';
import { attemptWorld } from './__fixtures__/attempt-world.js';
import { answers, refuses, ScriptedProvider, type Turn } from './__fixtures__/scripted-provider.js';
import { declareAccount, routeOf, targetOf } from './__fixtures__/declarations.js';

const ALICE = { id: 'key:alice', name: 'alice', scopes: new Set<string>(), models: undefined };
const [A, B] = [declareAccount('a'), declareAccount('b')];
const OWN = declareAccount('own', { owner: ALICE.id, priority: 9 });
const TTL_MS = 60_000;

function worldOf(...turns: readonly Turn[]) {
  const vendor = new ScriptedProvider();
  vendor.turns = [...turns];
  const world = attemptWorld({ providers: [vendor] });
  world.exchange.principal = ALICE;
  const request = { ...world.exchange.request, headers: { 'x-session-id': 's' } };
  Object.assign(world.exchange, { request });
  const standing = (model: string) =>
    world.pool.standingOf({ declaration: A, model }, { exclude: new Set(), nowMs: world.clock.now() });
  return { ...world, standing };
}

describe('AttemptLoop', () => {
  it('asks an owner’s own account before a shared one', async () => {
    const world = worldOf(answers());

    await world.run({ ...routeOf(targetOf([A, OWN])), owner: { id: ALICE.id, providerOrder: [] } });

    expect(world.vendor.asked).toEqual(['own']);
  });

  it('never asks somebody’s own account for others', async () => {
    const world = worldOf(answers());

    const gaveUp = await world.run(routeOf(targetOf([OWN])));

    expect(gaveUp?.error.kind).toBe('no_account_available');
    expect(world.exchange.attempts).toBe(0);
  });

  it('keeps to the strategy of the target', async () => {
    const world = worldOf(answers());
    const route = routeOf({ ...targetOf([declareAccount('later', { priority: 1 }), A]), strategy: 'fill-first' });

    await world.run(route);

    expect(world.vendor.asked).toEqual(['later']);
  });

  it('keeps a conversation on its account', async () => {
    const world = worldOf(answers());
    const route = { ...routeOf(targetOf([A, B])), sessionTtlMs: TTL_MS };

    await world.run(route);
    await world.run(route);

    expect(world.vendor.asked).toEqual(['a', 'a']);
    expect(world.pool.sessions).toEqual({ hits: 1, misses: 1, rebinds: 0 });
  });

  it('begins with the target whose share the request falls into', async () => {
    const world = worldOf(answers());
    const targets = [targetOf([A]), targetOf([B])];
    const route = { ...routeOf(...targets), split: new TargetSplit(targets, [1, 999]) };

    await world.run(route);

    expect(world.vendor.asked).toEqual(['b']);
  });

  it('learns from an answer that an account’s limit runs low', async () => {
    const headers = {
      'x-ratelimit-limit-requests': '100',
      'x-ratelimit-remaining-requests': '2',
      'x-ratelimit-reset-requests': '8s',
    };
    const world = worldOf(answers({}, headers));
    const nowMs = world.clock.now();

    await world.run(routeOf(targetOf([A, B])));

    expect(world.standing('vendor-model')).toEqual({ type: 'low', untilMs: nowMs + 8_000 });
    expect(world.standing('other')).toEqual({ type: 'usable' });
  });

  it.each([
    ['one model’s', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' }, 360_000, 'usable'],
    [
      'the whole account’s',
      { 'anthropic-ratelimit-unified-status': 'rejected', 'anthropic-ratelimit-unified-reset': '600' },
      600_000,
      'cooling',
    ],
  ])('learns from a refusal that %s limit is spent', async (_what, headers, restMs, others) => {
    const world = worldOf(refuses(429, 'slow down', headers), answers());
    const nowMs = world.clock.now();

    await world.run(routeOf(targetOf([A, B])));

    expect(world.vendor.asked).toEqual(['a', 'b']);
    expect(world.standing('vendor-model')).toMatchObject({ type: 'cooling', untilMs: nowMs + restMs });
    expect(world.standing('other').type).toBe(others);
  });
});
