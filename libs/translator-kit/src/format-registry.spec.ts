import { FormatRegistry } from './format-registry.js';
import type { WireFormat } from './wire-format.js';

const envelope: WireFormat['envelope'] = { read: () => ({ model: 'm', stream: false }), withModel: (call) => call };
const client: NonNullable<WireFormat['client']> = {
  encodeError: () => ({ status: 500, body: {} }),
  encodeStreamError: () => [],
};
const format = (id: string, displayName: string): WireFormat => ({ id, displayName, envelope });

describe('FormatRegistry', () => {
  const acme = format('acme', 'Acme Chat');
  const beta = format('beta', 'Beta');

  it('finds formats by id', () => {
    const registry = new FormatRegistry([beta, acme]);

    expect(registry.find('acme')).toBe(acme);
    expect(registry.get('beta')).toBe(beta);
    expect(registry.ids).toEqual(['acme', 'beta']);
  });

  it('accepts the same record twice', () => {
    expect(new FormatRegistry([acme, acme]).ids).toEqual(['acme']);
  });

  it('names both formats that claim one id', () => {
    expect(() => new FormatRegistry([acme, format('acme', 'Acme by others')])).toThrow(
      'format "acme" is claimed twice: by "Acme Chat" and by "Acme by others"',
    );
  });

  it('refuses a format that could be passed through without being observed', () => {
    const blind: WireFormat = {
      ...acme,
      client,
      upstream: { framing: 'sse', decodeError: () => new Error() as never },
    };

    expect(() => new FormatRegistry([blind])).toThrow('format "acme" has both sides, so it needs "observe"');
  });

  it('says what is known when an id is not', () => {
    const registry = new FormatRegistry([acme, beta]);

    expect(registry.find('gamma')).toBeUndefined();
    expect(() => registry.get('gamma')).toThrow('no format "gamma" is known; known are: acme, beta');
  });
});
