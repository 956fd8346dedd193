import { Socks5Handshake } from './socks5-handshake.js';

const plain = { host: 'example.org', port: 443, username: '', password: '' };
const withUser = { ...plain, username: 'me', password: 'pw' };
const CONNECT_NAME = Buffer.concat([Buffer.from([5, 1, 0, 3, 11]), Buffer.from('example.org'), Buffer.from([1, 187])]);
const OPENED = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 4, 56]);

function begun(options: typeof plain): Socks5Handshake {
  const handshake = new Socks5Handshake(options);
  handshake.begin();
  return handshake;
}

// The bytes are those of RFC 1928 and RFC 1929.
describe('Socks5Handshake', () => {
  it('offers no authentication where there is no user', () => {
    expect(new Socks5Handshake(plain).begin()).toEqual(Buffer.from([5, 1, 0]));
  });

  it('offers both where there is one', () => {
    expect(new Socks5Handshake(withUser).begin()).toEqual(Buffer.from([5, 2, 0, 2]));
  });

  it('asks for the tunnel by name, so that the proxy resolves it', () => {
    const handshake = begun(plain);

    expect(handshake.receive(Buffer.from([5, 0]))).toEqual(CONNECT_NAME);
    expect(handshake.receive(OPENED)).toBeUndefined();
    expect(handshake.isOpen).toBe(true);
  });

  it('says who we are when asked', () => {
    const handshake = begun(withUser);

    expect(handshake.receive(Buffer.from([5, 2]))).toEqual(Buffer.from([1, 2, 109, 101, 2, 112, 119]));
    expect(handshake.receive(Buffer.from([1, 0]))).toEqual(CONNECT_NAME);
  });

  it.each([
    ['127.0.0.1', [5, 1, 0, 1, 127, 0, 0, 1, 1, 187]],
    ['::1', [5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 187]],
    ['2001:db8::a:1', [5, 1, 0, 4, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 1, 1, 187]],
    ['::ffff:127.0.0.1', [5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1, 1, 187]],
  ])('asks for the address %s', (host, expected) => {
    expect(begun({ ...plain, host }).receive(Buffer.from([5, 0]))).toEqual(Buffer.from(expected));
  });

  it('reads replies cut anywhere, with a name in them, and leaves what follows', () => {
    const handshake = begun(plain);
    handshake.receive(Buffer.from([5]));
    handshake.receive(Buffer.from([0]));
    const reply = [5, 0, 0, 3, 2, 97, 98, 0, 80, 72, 105];

    for (const byte of reply) handshake.receive(Buffer.from([byte]));

    expect(handshake.isOpen).toBe(true);
    expect(handshake.rest.toString()).toBe('Hi');
  });

  it.each([
    ['wants a user', plain, [[5, 0xff]], 'PROXY_AUTH'],
    [
      'refuses the password',
      withUser,
      [
        [5, 2],
        [1, 1],
      ],
      'PROXY_AUTH',
    ],
    ['answers HTTP', plain, [[...Buffer.from('HTTP/1.1 400')]], 'PROXY_PROTOCOL'],
    ['chooses what was not offered', plain, [[5, 1]], 'PROXY_PROTOCOL'],
    [
      'finds the host closed',
      plain,
      [
        [5, 0],
        [5, 5, 0, 1, 0, 0, 0, 0, 0, 0],
      ],
      'PROXY_REFUSED',
    ],
    [
      'gives an unknown reason',
      plain,
      [
        [5, 0],
        [5, 99],
      ],
      'PROXY_REFUSED',
    ],
    [
      'gives an unknown address type',
      plain,
      [
        [5, 0],
        [5, 0, 0, 9, 0, 0],
      ],
      'PROXY_PROTOCOL',
    ],
  ])('fails where the proxy %s', (_case, options, replies, code) => {
    const handshake = begun(options);

    const receiveAll = (): void => {
      for (const reply of replies) handshake.receive(Buffer.from(reply));
    };

    expect(receiveAll).toThrow(expect.objectContaining({ name: 'ProxyError', code }));
  });

  it('refuses a name that the protocol cannot carry', () => {
    const handshake = begun({ ...plain, host: 'a'.repeat(256) });

    expect(() => handshake.receive(Buffer.from([5, 0]))).toThrow('255 bytes of host name');
  });
});
