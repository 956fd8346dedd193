import { replaceSpans } from './replace-spans.js';
import type { ObjectScan } from './scan-members.js';

/** What an insertion needs to know of a scanned object. */
export type InsertionPlace = Pick<ObjectScan, 'objectEnd' | 'isEmpty'>;

/** A copy with one more member at the end of the scanned object. The caller makes sure that it is not there yet. */
export function insertMember(json: Buffer, place: InsertionPlace, name: string, valueJson: string): Buffer {
  const at = place.objectEnd - 1;
  const member = `${JSON.stringify(name)}:${valueJson}`;
  return replaceSpans(json, [{ start: at, end: at, text: place.isEmpty ? member : `,${member}` }]);
}
