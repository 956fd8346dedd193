import fc from 'fast-check';
import { JsonDocument } from './json-document.js';
import { JsonNode, MAX_VALUES } from './json-node.js';

const documentOf = (text: string): JsonDocument => new JsonDocument(Buffer.from(text));

/** Steps into everything there is. */
function walk(node: JsonNode, names: readonly string[]): void {
  for (const child of [...node.elements(), ...names.flatMap((name) => node.members(name))]) walk(child, names);
}

describe('JsonDocument', () => {
  it('writes what was read, byte for byte, however deep it was looked into', () => {
    const name = fc.constantFrom('a', 'b', 'ä"\\', '');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('12345678901234567890', '1.0', '-0e+5', '"\\u00e9\\/"', 'null', 'true', '"{[,"'),
        fc
          .array(fc.tuple(tie('space'), tie('value'), tie('space')), { maxLength: 3 })
          .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`),
        fc.constant('[ ]'),
        fc.constant('{\n}'),
        fc
          .array(fc.tuple(tie('space'), name, tie('space'), tie('value')), { maxLength: 3 })
          .map(
            (members) =>
              `{${members.map(([before, key, after, inner]) => `${before}${JSON.stringify(key)}${after}:${after}${inner}`).join(',')}}`,
          ),
      ),
      space: fc.constantFrom('', ' ', '\n\t'),
    }));

    fc.assert(
      fc.property(value, (text) => {
        const document = documentOf(` ${String(text)}\n`);

        walk(document.root, ['a', 'b', 'ä"\\', '']);

        expect(document.toBuffer().toString()).toBe(` ${String(text)}\n`);
        expect(document.root.parse()).toEqual(JSON.parse(String(text)));
      }),
    );
  });

  it('finds a member whose name is written with escapes, and each of several', () => {
    const { root } = documentOf('{"\\u0061":1,"b":2,"a":3}');

    expect(root.members('a').map((node) => node.parse())).toEqual([1, 3]);
  });

  it('reads over a byte order mark and leaves it out', () => {
    expect(documentOf('\ufeff{"a":1}').toBuffer().toString()).toBe('{"a":1}');
  });

  it.each(['', '{', '{"a":1}}', '{"a":1} x', 'undefined'])('refuses %j', (text) => {
    expect(() => documentOf(text)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it.each(['{"a" 1}', '{"a":1 "b":2}', '{a:1}', '{"a":1,}', '{"\\x":1}'])('refuses to look into %s', (text) => {
    expect(() => new JsonNode(Buffer.from(text)).members('a')).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('takes no more values out of a text than it is allowed to, over all levels', () => {
    const half = `[${Array(MAX_VALUES / 2)
      .fill('1')
      .join(',')}]`;
    const { root } = documentOf(`[${half},${half}]`);
    const [first, second] = root.elements();

    first?.elements();

    expect(() => second?.elements()).toThrow(expect.objectContaining({ code: 'too-many-values' }));
  });
});
