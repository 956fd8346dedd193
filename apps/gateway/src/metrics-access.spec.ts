import { Authenticator, KeyCache, NoKeyStore } from '@sluice/auth';
import { SnapshotStore, type RuntimeSettings } from '@sluice/config';
import { SystemClock } from '@sluice/core';
import { incomingMessage } from './__fixtures__/incoming-message.js';
import { snapshotWith } from './__fixtures__/snapshot-with.js';
import { ClientAddresses } from './client-addresses.js';
import { MetricsAccess } from './metrics-access.js';

const STRANGER = '198.51.100.7';

function accessWith(settings: Partial<RuntimeSettings> = {}): MetricsAccess {
  const apiKeys = [{ name: 'operator', key: 'the-key', models: undefined, scopes: [] }];
  const snapshots = new SnapshotStore({ ...snapshotWith(settings), apiKeys });
  const authenticator = new Authenticator(new KeyCache(new NoKeyStore(), new SystemClock()));
  return new MetricsAccess({ snapshots, authenticator, addresses: new ClientAddresses(snapshots) });
}

describe('MetricsAccess', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('lets this machine (%s) in', async (address) => {
    await expect(accessWith().check(incomingMessage(address))).resolves.toBeUndefined();
  });

  it('lets the holder of a key in', async () => {
    const request = incomingMessage(STRANGER, { authorization: 'Bearer the-key' });

    await expect(accessWith().check(request)).resolves.toBeUndefined();
  });

  it('lets everybody in where metrics are public', async () => {
    await expect(accessWith({ metricsPublic: true }).check(incomingMessage(STRANGER))).resolves.toBeUndefined();
  });

  it.each([
    ['a stranger', incomingMessage(STRANGER)],
    ['a stranger with a wrong key', incomingMessage(STRANGER, { 'x-api-key': 'guessed' })],
    ['a stranger that claims to be here', incomingMessage(STRANGER, { 'x-forwarded-for': '127.0.0.1' })],
    ['whoever a proxy on this machine forwards', incomingMessage('127.0.0.1', { 'x-forwarded-for': STRANGER })],
    ['the same over IPv6', incomingMessage('::1', { 'x-forwarded-for': STRANGER })],
    ['the same over IPv4 in IPv6', incomingMessage('::ffff:127.0.0.1', { 'x-forwarded-for': STRANGER })],
    ['somebody whose socket is gone', incomingMessage(undefined)],
  ])('keeps %s out', async (_, request) => {
    await expect(accessWith().check(request)).rejects.toMatchObject({ kind: 'invalid_api_key' });
  });

  it.each([
    ['keeps out a stranger', STRANGER, false],
    ['lets in who called from this machine', '127.0.0.9', true],
  ])('behind a trusted proxy on this machine %s', async (_, forwardedFor, isLetIn) => {
    const access = accessWith({ trustedProxies: ['127.0.0.1'] });

    const checking = access.check(incomingMessage('127.0.0.1', { 'x-forwarded-for': forwardedFor }));

    await expect(
      checking.then(
        () => true,
        () => false,
      ),
    ).resolves.toBe(isLetIn);
  });
});
