import { scanMembers } from '@sluice/streaming';
import fc from 'fast-check';
import { MIN_REMEMBERED_BYTES, ScannedBodies } from './scanned-bodies.js';

const NAMES = ['model', 'stream', 'options'] as const;
const member = fc.tuple(fc.constantFrom(...NAMES, 'other'), fc.json(), fc.stringMatching(/^[ \n]{0,2}$/));
const body = fc
  .array(member, { maxLength: 6 })
  .map((members) => `{${members.map(([name, json, space]) => `${space}"${name}"${space}:${json}${space}`).join(',')}}`);

describe('ScannedBodies', () => {
  it('knows of a changed body what a scan of it finds', () => {
    fc.assert(
      fc.property(
        body,
        fc.constantFrom(...NAMES),
        fc.json(),
        fc.constantFrom(0, MIN_REMEMBERED_BYTES),
        (text, name, json, padding) => {
          const bodies = new ScannedBodies(NAMES);
          const original = Buffer.from(text + ' '.repeat(padding));
          const scan = bodies.scan(original);
          fc.pre(scan !== undefined);

          const changed = bodies.write(original, scan, name, json);

          expect(bodies.scan(changed)).toEqual(scanMembers(changed, NAMES));
          expect(JSON.parse(changed.toString())).toEqual({ ...JSON.parse(text), [name]: JSON.parse(json) });
          expect(original.toString().trimEnd()).toBe(text.trimEnd());
        },
      ),
    );
  });

  it('scans a large body once', () => {
    const bodies = new ScannedBodies(NAMES);
    const original = Buffer.from(`{"model":"m","text":"${'x'.repeat(MIN_REMEMBERED_BYTES)}"}`);

    expect(bodies.scan(original)).toBe(bodies.scan(original));
  });

  it('reads the last of each name', () => {
    expect(new ScannedBodies(NAMES).read(Buffer.from('{"model":1,"x":2,"model":3}'))).toEqual({ model: 3 });
  });

  it.each(['', '[]', '{"options":{"a":}}', '{"model":'])('vouches for nothing in %j', (text) => {
    expect(new ScannedBodies(NAMES).read(Buffer.from(text))).toBeUndefined();
  });
});
