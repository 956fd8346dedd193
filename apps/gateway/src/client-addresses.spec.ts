import { incomingMessage } from './__fixtures__/incoming-message.js';
import { snapshotWith, storeWith } from './__fixtures__/snapshot-with.js';
import { ClientAddresses } from './client-addresses.js';

const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };

describe('ClientAddresses', () => {
  it('is the peer’s, whatever a stranger forwards', () => {
    const addresses = new ClientAddresses(storeWith());

    expect(addresses.of(incomingMessage('198.51.100.7', FORWARDED))).toBe('198.51.100.7');
  });

  it('is the forwarded one behind a trusted proxy', () => {
    const addresses = new ClientAddresses(storeWith({ trustedProxies: ['10.0.0.0/8'] }));

    expect(addresses.of(incomingMessage('::ffff:10.1.2.3', FORWARDED))).toBe('203.0.113.9');
  });

  it('follows the snapshot in force', () => {
    const store = storeWith();
    const addresses = new ClientAddresses(store);
    const request = incomingMessage('10.1.2.3', FORWARDED);

    const before = addresses.of(request);
    store.replace(snapshotWith({ trustedProxies: ['10.1.2.3'] }, 2));

    expect([before, addresses.of(request)]).toEqual(['10.1.2.3', '203.0.113.9']);
  });

  it('is unknown once the socket is gone', () => {
    expect(new ClientAddresses(storeWith()).of(incomingMessage(undefined))).toBeUndefined();
  });
});
