import fc from 'fast-check';
import { TrustedProxies } from './trusted-proxies.js';

describe('TrustedProxies', () => {
  describe('constructor', () => {
    it.each([
      '',
      'loopback',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '10.0.0/8',
      'fd00::/129',
      '::1/x',
      '10.0.0.1/-1',
      'fe80::1%eth0',
      '::ffff:10.0.0.0/64',
    ])('refuses %j and says so', (entry) => {
      expect(() => new TrustedProxies(['127.0.0.1', entry])).toThrow(`"${entry}" is not a trusted proxy`);
    });
  });

  describe('addressOf', () => {
    it.each([
      ['no proxies: the header is not believed', [], '203.0.113.9', '1.1.1.1', '203.0.113.9'],
      ['an unknown peer is not believed', ['10.0.0.0/8'], '203.0.113.9', '1.1.1.1', '203.0.113.9'],
      ['a trusted peer without header', ['10.0.0.0/8'], '10.1.2.3', undefined, '10.1.2.3'],
      ['the last untrusted hop', ['10.0.0.0/8'], '10.1.2.3', '6.6.6.6, 198.51.100.7, 10.9.9.9', '198.51.100.7'],
      ['all hops trusted: the farthest', ['10.0.0.0/8'], '10.1.2.3', '10.0.0.7,10.0.0.8', '10.0.0.7'],
      ['rubbish ends the walk', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.7, unknown, 10.0.0.8', '10.0.0.8'],
      ['an empty header', ['10.0.0.0/8'], '10.1.2.3', '', '10.1.2.3'],
      ['an empty hop ends the walk', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.7,', '10.1.2.3'],
      ['a leading comma', ['10.0.0.0/8'], '10.1.2.3', ',10.0.0.8', '10.0.0.8'],
      ['several headers', ['10.0.0.0/8'], '10.1.2.3', ['6.6.6.6', '198.51.100.7'], '198.51.100.7'],
      ['a hop with port', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.7:4711', '198.51.100.7'],
      ['a bracketed hop with port', ['10.0.0.0/8'], '10.1.2.3', '[2001:DB8:0::7]:443', '2001:db8::7'],
      ['an IPv4-mapped peer', ['10.0.0.0/8'], '::ffff:10.1.2.3', '198.51.100.7', '198.51.100.7'],
      ['an IPv4-mapped hop in hexadecimal', ['10.0.0.0/8'], '10.1.2.3', '::ffff:c633:6407', '198.51.100.7'],
      ['an IPv4-mapped block', ['::ffff:10.0.0.0/104'], '10.1.2.3', '198.51.100.7', '198.51.100.7'],
      ['an IPv6 block', ['fd00::/8'], 'fd12::1', '198.51.100.7', '198.51.100.7'],
      ['a single address', ['::1'], '::1', '198.51.100.7', '198.51.100.7'],
      ['a peer with a zone', [], 'fe80::1%eth0', undefined, 'fe80::1'],
      ['an IPv4-mapped peer, nobody trusted', [], '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ])('%s', (_, entries, peer, forwardedFor, expected) => {
      expect(new TrustedProxies(entries).addressOf(peer, forwardedFor)).toBe(expected);
    });

    it('is unknown when the socket is gone', () => {
      expect(new TrustedProxies(['10.0.0.0/8']).addressOf(undefined, '198.51.100.7')).toBeUndefined();
    });

    it('stops after 32 trusted hops', () => {
      const header = ['198.51.100.7', ...Array.from({ length: 32 }, (_, index) => `10.0.0.${index}`)].join(',');

      expect(new TrustedProxies(['10.0.0.0/8']).addressOf('10.1.2.3', header)).toBe('10.0.0.0');
    });

    it('forgets verdicts within its bound and still answers right', () => {
      const proxies = new TrustedProxies(['10.0.0.0/8']);

      for (let peer = 0; peer < 3000; peer++) proxies.addressOf(`192.0.${peer >> 8}.${peer & 255}`, '1.1.1.1');

      expect(proxies.addressOf('10.0.0.1', '1.1.1.1')).toBe('1.1.1.1');
      expect(proxies.addressOf('192.0.0.0', '1.1.1.1')).toBe('192.0.0.0');
    });

    it('never lets a client in front of a trusted proxy choose its own address', () => {
      const proxies = new TrustedProxies(['10.0.0.0/8']);

      fc.assert(
        fc.property(fc.string(), fc.ipV4(), (forged, client) => {
          fc.pre(!client.startsWith('10.'));
          expect(proxies.addressOf('10.0.0.1', `${forged}, ${client}`)).toBe(client);
        }),
      );
    });
  });
});
