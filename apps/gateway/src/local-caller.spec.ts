import type { IncomingHttpHeaders } from 'node:http';
import { SnapshotStore } from '@sluice/config';
import { incomingMessage } from './__fixtures__/incoming-message.js';
import { snapshotWith } from './__fixtures__/snapshot-with.js';
import { ClientAddresses } from './client-addresses.js';
import { isLocalCaller, isLocalCallerByName } from './local-caller.js';

function addressesWith(trustedProxies: readonly string[] = []): ClientAddresses {
  return new ClientAddresses(new SnapshotStore(snapshotWith({ trustedProxies })));
}

describe('isLocalCaller', () => {
  it.each<[string, IncomingHttpHeaders]>([
    ['says nothing of itself', {}],
    ['calls this machine by any name', { host: 'gateway.test:8080' }],
    ['is a page of the gateway itself', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['is a page of the gateway itself over TLS', { host: '127.0.0.1:8443', origin: 'https://127.0.0.1:8443' }],
  ])('takes whoever is at this machine and %s', (_who, headers) => {
    expect(isLocalCaller(incomingMessage('127.0.0.1', headers), addressesWith())).toBe(true);
  });

  it.each([
    'cf-connecting-ip',
    'forwarded',
    'true-client-ip',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-real-ip',
  ])('takes nobody whom a proxy on this machine forwards, as %s tells', (name) => {
    expect(isLocalCaller(incomingMessage('127.0.0.1', { [name]: '127.0.0.9' }), addressesWith())).toBe(false);
  });

  it.each([
    ['another site', 'https://evil.test'],
    ['another port of this machine', 'http://localhost:3000'],
    ['a file', 'null'],
  ])('takes no page of %s that a browser here has open', (_whose, origin) => {
    const request = incomingMessage('127.0.0.1', { host: 'localhost:8080', origin });

    expect(isLocalCaller(request, addressesWith())).toBe(false);
  });

  it.each([
    ['a trusted proxy elsewhere', '10.0.0.5', '127.0.0.1', false],
    ['somebody in a network that is trusted as a whole', '10.0.0.5', '127.0.0.1, 10.0.0.7', false],
    ['a trusted proxy here', '127.0.0.1', '127.0.0.9', true],
    ['a trusted proxy here, of a stranger', '127.0.0.1', '203.0.113.9', false],
    ['a trusted proxy here, of a stranger who says he is here', '127.0.0.1', '127.0.0.9, 203.0.113.9', false],
  ])('by the word of %s', (_whose, peer, forwardedFor, isLocal) => {
    const addresses = addressesWith(['127.0.0.1', '10.0.0.0/8']);

    expect(isLocalCaller(incomingMessage(peer, { 'x-forwarded-for': forwardedFor }), addresses)).toBe(isLocal);
  });
});

describe('isLocalCallerByName', () => {
  it.each([
    ['localhost', true],
    ['LOCALHOST:8080', true],
    ['127.0.0.1:8080', true],
    ['[::1]:8080', true],
    ['evil.test:8080', false],
    ['localhost.evil.test', false],
    ['127.0.0.1.evil.test', false],
    [undefined, false],
  ])('takes whoever calls this machine %s: %s', (host, isTaken) => {
    const request = incomingMessage('127.0.0.1', host === undefined ? {} : { host });

    expect(isLocalCallerByName(request, addressesWith())).toBe(isTaken);
  });

  it('takes nobody from elsewhere', () => {
    expect(isLocalCallerByName(incomingMessage('198.51.100.7', { host: 'localhost' }), addressesWith())).toBe(false);
  });
});
