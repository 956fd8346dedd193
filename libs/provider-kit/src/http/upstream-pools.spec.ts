import type { Transport } from '../account.js';
import { UpstreamPools } from './upstream-pools.js';

const ORIGIN = 'http://127.0.0.1:9';

function transport(changes: Partial<Transport> = {}): Transport {
  return { timeouts: { connectMs: 1000, firstByteMs: 1000, idleMs: 1000 }, ...changes };
}

describe('UpstreamPools', () => {
  describe('acquire', () => {
    it('shares the connections of equal transports, so that a reload keeps them', () => {
      const pools = new UpstreamPools();

      const first = pools.acquire(ORIGIN, transport({ proxyUrl: 'http://proxy:1', tls: { ca: 'x' } }));
      const second = pools.acquire(ORIGIN, transport({ proxyUrl: 'http://proxy:1', tls: { ca: 'x' } }));

      expect(second).toBe(first);
    });

    it.each<[string, string, Transport]>([
      ['origin', 'http://127.0.0.1:10', transport()],
      ['proxy', ORIGIN, transport({ proxyUrl: 'http://proxy:1' })],
      ['TLS identity', ORIGIN, transport({ tls: { rejectUnauthorized: false } })],
      ['name in the certificate', ORIGIN, transport({ tls: { servername: 'other.example' } })],
      ['connect timeout', ORIGIN, transport({ timeouts: { connectMs: 2, firstByteMs: 1000, idleMs: 1000 } })],
    ])('keeps another %s apart', (_what, origin, other) => {
      const pools = new UpstreamPools();

      expect(pools.acquire(origin, other)).not.toBe(pools.acquire(ORIGIN, transport()));
    });

    it('does not keep another idle time apart: it is not of the connection', () => {
      const pools = new UpstreamPools();
      const patient = transport({ timeouts: { connectMs: 1000, firstByteMs: 9, idleMs: 9 } });

      expect(pools.acquire(ORIGIN, patient)).toBe(pools.acquire(ORIGIN, transport()));
    });

    it('uses the global proxy unless the account names one or says direct', () => {
      const pools = new UpstreamPools({ proxyUrl: 'http://global:1' });

      const absent = pools.acquire(ORIGIN, transport());

      expect(pools.acquire(ORIGIN, transport({ proxyUrl: 'http://global:1' }))).toBe(absent);
      expect(pools.acquire(ORIGIN, transport({ proxyUrl: 'direct' }))).not.toBe(absent);
      expect(pools.acquire(ORIGIN, transport({ proxyUrl: '' }))).toBe(
        pools.acquire(ORIGIN, transport({ proxyUrl: 'direct' })),
      );
    });

    it('closes the way that was not used for longest, and opens it again when it is wanted', () => {
      const pools = new UpstreamPools({ maxPools: 2 });
      const kept = transport();
      const first = pools.acquire('http://127.0.0.1:1', kept);
      const second = pools.acquire('http://127.0.0.1:2', kept);
      pools.acquire('http://127.0.0.1:1', kept);

      pools.acquire('http://127.0.0.1:3', kept);

      expect(pools.size).toBe(2);
      expect([first.closed, second.closed]).toEqual([false, true]);
      expect(pools.acquire('http://127.0.0.1:2', kept)).not.toBe(second);
    });

    it.each([
      ['base URL', 'ftp://127.0.0.1', transport()],
      ['base URL', 'http://me:pass-word@127.0.0.1', transport()],
      ['proxy URL', ORIGIN, transport({ proxyUrl: 'gopher://me:pass-word@proxy' })],
      ['proxy URL', ORIGIN, transport({ proxyUrl: 'me:pass-word@proxy' })],
      ['proxy URL', ORIGIN, transport({ proxyUrl: 'http://%zz:pass-word@proxy' })],
      ['proxy URL', ORIGIN, transport({ proxyUrl: 'pass-word' })],
    ])('refuses a senseless %s without repeating it', (_what, origin, declared) => {
      const pools = new UpstreamPools();
      let thrown: unknown;

      try {
        pools.acquire(origin, declared);
      } catch (error) {
        thrown = error;
      }

      expect(thrown).toMatchObject({ name: 'GatewayError', kind: 'upstream_unreachable' });
      expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('pass-word');
    });
  });

  describe('destroy', () => {
    it('closes everything', async () => {
      const pools = new UpstreamPools();
      const pool = pools.acquire(ORIGIN, transport());

      await pools.destroy();

      expect([pools.size, pool.destroyed]).toEqual([0, true]);
    });
  });
});
