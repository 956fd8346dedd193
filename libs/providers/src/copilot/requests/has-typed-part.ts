import { skipSpaceBack } from '@sluice/streaming';

const COLON = 0x3a;
const QUOTE = 0x22;
const KEY = Buffer.from('"type"');

/**
 * Whether an object somewhere in the bytes of a JSON text has the type: `"type": "<type>"`. A native search instead of parsing:
 * inside of a string the quotes would be escaped, so nothing that somebody wrote is taken for a part.
 * @param type ASCII, without anything that JSON escapes
 */
export function hasTypedPart(json: Buffer, type: string): boolean {
  const value = `"${type}"`;
  for (let at = json.indexOf(value); at !== -1; at = json.indexOf(value, at + value.length)) {
    const colon = skipSpaceBack(json, at);
    if (json[colon - 1] !== COLON) continue;
    const keyEnd = skipSpaceBack(json, colon - 1);
    if (json[keyEnd - 1] !== QUOTE) continue;
    const keyStart = keyEnd - KEY.length;
    if (keyStart >= 0 && KEY.compare(json, keyStart, keyEnd) === 0) return true;
  }
  return false;
}
