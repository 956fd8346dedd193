import { z } from 'zod';
import { ProviderRegistry } from './provider-registry.js';
import type { Provider } from './provider.js';

class Acme implements Provider {
  readonly descriptor;
  constructor(id: string, displayName: string) {
    this.descriptor = { id, displayName, credentials: [], settings: z.object({}) };
  }
  formats(): readonly string[] {
    return [];
  }
  send(): Promise<never> {
    return Promise.reject(new Error('not sent here'));
  }
}
class Imitation extends Acme {}

describe('ProviderRegistry', () => {
  it('finds providers by id and lists them sorted', () => {
    const zeta = new Acme('zeta', 'Zeta');
    const alpha = new Acme('alpha', 'Alpha');

    const registry = new ProviderRegistry([zeta, alpha]);

    expect(registry.get('zeta')).toBe(zeta);
    expect(registry.find('nobody')).toBeUndefined();
    expect(registry.ids).toEqual(['alpha', 'zeta']);
    expect(registry.descriptors).toEqual([alpha.descriptor, zeta.descriptor]);
  });

  it('names the known ids when one is unknown', () => {
    const registry = new ProviderRegistry([new Acme('b', 'B'), new Acme('a', 'A')]);

    expect(() => registry.get('c')).toThrow('There is no provider "c". Known: a, b.');
    expect(() => new ProviderRegistry().get('c')).toThrow('Known: none.');
  });

  it('refuses two providers with one id and names both', () => {
    const providers = [new Acme('acme', 'Acme'), new Imitation('acme', 'Not Acme')];

    expect(() => new ProviderRegistry(providers)).toThrow(
      '"acme" is claimed by Acme ("Acme") and by Imitation ("Not Acme")',
    );
  });

  it('takes the same provider twice', () => {
    const acme = new Acme('acme', 'Acme');

    expect(new ProviderRegistry([acme, acme]).ids).toEqual(['acme']);
  });
});
