import { parseJsonObject } from '../pick-members.js';
import { deepFreeze } from '../laws/deep-freeze.js';
import { carryUnknown, extensionsOf, restoreUnknown } from './carry-unknown.js';
import { mergeExtensions } from './merge-extensions.js';

const KNOWN = new Set(['type', 'text']);

describe('carryUnknown', () => {
  it('finds what the decoder does not read', () => {
    expect(carryUnknown(deepFreeze({ type: 'text', text: 'a', x: 1, y: null }), KNOWN)).toEqual({ x: 1, y: null });
  });

  it('is nothing when everything is known', () => {
    expect(carryUnknown({ type: 'text' }, KNOWN)).toBeUndefined();
  });

  it('keeps a member called __proto__ a member', () => {
    const carried = carryUnknown(parseJsonObject('{"__proto__":{"x":1}}') ?? {}, KNOWN);

    expect(JSON.stringify(carried)).toBe('{"__proto__":{"x":1}}');
    expect(carried?.['x']).toBeUndefined();
  });
});

describe('restoreUnknown', () => {
  it('puts back what its own format carried, after what the encoder says', () => {
    const block = extensionsOf('acme', { x: 1 });

    expect(JSON.stringify(restoreUnknown({ type: 'text', text: 'a' }, block.extensions, 'acme'))).toBe(
      '{"type":"text","text":"a","x":1}',
    );
  });

  it('shows nothing to another format', () => {
    const encoded = { type: 'text' };

    expect(restoreUnknown(encoded, { acme: { x: 1 } }, 'other')).toBe(encoded);
    expect(restoreUnknown(encoded, undefined, 'acme')).toBe(encoded);
  });

  it('lets the encoder win', () => {
    expect(restoreUnknown({ text: 'new' }, { acme: { text: 'old', x: 1 } }, 'acme')).toEqual({ text: 'new', x: 1 });
  });

  it('gives back any object that was taken apart', () => {
    const wire = parseJsonObject('{"type":"text","a":1,"__proto__":{"b":2},"text":"t"}') ?? {};
    const { extensions } = extensionsOf('acme', carryUnknown(wire, KNOWN));

    const encoded = restoreUnknown({ type: 'text', text: 't' }, extensions, 'acme');

    expect(JSON.stringify(encoded)).toBe('{"type":"text","text":"t","a":1,"__proto__":{"b":2}}');
  });
});

describe('extensionsOf', () => {
  it('is an empty object when nothing was carried, so that it can be spread', () => {
    expect(extensionsOf('acme', undefined)).toEqual({});
  });
});

describe('mergeExtensions', () => {
  it('merges format by format, the later member winning', () => {
    const merged = mergeExtensions(deepFreeze({ a: { x: 1, y: 1 }, b: { z: 1 } }), { a: { y: 2 }, c: { w: 3 } });

    expect(merged).toEqual({ a: { x: 1, y: 2 }, b: { z: 1 }, c: { w: 3 } });
  });

  it('returns the only one', () => {
    const extensions = { a: {} };

    expect(mergeExtensions(extensions, undefined)).toBe(extensions);
    expect(mergeExtensions(undefined, extensions)).toBe(extensions);
    expect(mergeExtensions(undefined, undefined)).toBeUndefined();
  });
});
