import { GatewayError, SilentLogger } from '@sluice/core';
import type { Credential } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { declareAccount } from '../__fixtures__/declare-account.js';
import { ScriptedProvider } from '../__fixtures__/scripted-provider.js';
import { CredentialRefresher } from '../credential-refresher.js';
import { CredentialSource } from '../credential-source.js';
import { MemoryCredentialStore } from '../credential-store.js';

const ACCOUNT = declareAccount('a', { credential: undefined });
const NOW_MS = 1_000_000;
const OLD: Credential = { kind: 'oauth', secret: 'old-secret', expiresAtMs: NOW_MS };

function setUp() {
  const store = new MemoryCredentialStore();
  const clock = new FakeClock(NOW_MS);
  const provider = new ScriptedProvider();
  const never = new AbortController().signal;
  const refresher = new CredentialRefresher(store, clock, new SilentLogger(), () => never);
  return { store, provider, source: new CredentialSource(store, refresher, clock) };
}

type World = ReturnType<typeof setUp>;

/** Somebody needs the credential, and its vendor fails so. */
async function failToRenew({ source, provider }: World, error: GatewayError): Promise<void> {
  const renewing = source.current(ACCOUNT, provider);
  provider.lastRenewal.fail(error);
  await expect(renewing).rejects.toBe(error);
}

describe('CredentialSource', () => {
  describe('loginOf', () => {
    it('takes a declared key for good', async () => {
      expect(await setUp().source.loginOf(declareAccount('keyed'))).toEqual({ kind: 'api-key', needsLogin: false });
    });

    it('asks for a login where there is none', async () => {
      expect(await setUp().source.loginOf(ACCOUNT)).toEqual({ needsLogin: true });
    });

    it.each<[string, Partial<Credential>, object]>([
      ['runs out', { expiresAtMs: 5_000_000 }, { expiresAtMs: 5_000_000 }],
      ['counts as run out before its vendor’s end', { details: { endsAtMs: '7000000' } }, { expiresAtMs: 7_000_000 }],
      ['was not read yet', { expiresAtMs: 0 }, {}],
    ])('tells when a token ends that %s', async (_what, members, told) => {
      const { source, store } = setUp();
      await store.put('a', { ...OLD, ...members });

      expect(await source.loginOf(ACCOUNT)).toEqual({ kind: 'oauth', needsLogin: false, ...told });
    });

    it('tells that it was renewed, and its new end', async () => {
      const { source, store, provider } = setUp();
      await store.put('a', OLD);
      const renewing = source.current(ACCOUNT, provider);
      provider.lastRenewal.answer({ ...OLD, secret: 'new-secret', expiresAtMs: 9_000_000 });
      await renewing;

      expect(await source.loginOf(ACCOUNT)).toEqual({
        kind: 'oauth',
        expiresAtMs: 9_000_000,
        needsLogin: false,
        lastRenewal: { outcome: 'renewed', atMs: NOW_MS },
      });
      expect(source.renewals.counts.get('acme')).toEqual({ renewed: 1, 'taken-over': 0, refused: 0, failed: 0 });
    });

    it('asks for a login when the vendor has refused to renew it, until there is another', async () => {
      const world = setUp();
      await world.store.put('a', OLD);
      await failToRenew(world, new GatewayError({ kind: 'upstream_auth_failed', message: 'The login is dead.' }));

      expect(await world.source.loginOf(ACCOUNT)).toMatchObject({
        needsLogin: true,
        lastRenewal: { outcome: 'refused', atMs: NOW_MS, kind: 'upstream_auth_failed', message: 'The login is dead.' },
      });

      await world.store.put('a', { ...OLD, secret: 'of-another-login' });
      expect(await world.source.loginOf(ACCOUNT)).toMatchObject({ needsLogin: false });
    });

    it('does not ask for a login when renewing has failed for a reason that may pass', async () => {
      const world = setUp();
      await world.store.put('a', OLD);
      await failToRenew(world, new GatewayError({ kind: 'upstream_overloaded', message: 'Later.' }));

      expect(await world.source.loginOf(ACCOUNT)).toMatchObject({
        needsLogin: false,
        lastRenewal: { outcome: 'failed' },
      });
      expect(world.source.renewals.counts.get('acme')).toMatchObject({ refused: 0, failed: 1 });
    });

    it('tells that another process was faster', async () => {
      const { source, store, provider } = setUp();
      await store.put('a', OLD);
      const renewing = source.current(ACCOUNT, provider);
      await store.put('a', { ...OLD, secret: 'renewed-elsewhere', expiresAtMs: 9_000_000 });
      provider.lastRenewal.fail(new GatewayError({ kind: 'upstream_auth_failed', message: 'It was used.' }));
      await renewing;

      expect(await source.loginOf(ACCOUNT)).toMatchObject({
        expiresAtMs: 9_000_000,
        needsLogin: false,
        lastRenewal: { outcome: 'taken-over' },
      });
    });

    it('holds no secret', async () => {
      const { source, store } = setUp();
      await store.put('a', { ...OLD, details: { refreshToken: 'refresh-secret' } });

      expect(JSON.stringify(await source.loginOf(ACCOUNT))).not.toContain('secret');
    });
  });
});
