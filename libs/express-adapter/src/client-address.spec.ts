import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { clientAddress } from './client-address.js';
import { TrustedProxies } from './trusted-proxies.js';

describe('clientAddress', () => {
  it("reads the socket's peer and X-Forwarded-For", () => {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: '::ffff:127.0.0.1' });
    const request = new IncomingMessage(socket);
    request.headers['x-forwarded-for'] = '198.51.100.7';

    expect(clientAddress(request, new TrustedProxies([]))).toBe('127.0.0.1');
    expect(clientAddress(request, new TrustedProxies(['127.0.0.0/8']))).toBe('198.51.100.7');
  });
});
