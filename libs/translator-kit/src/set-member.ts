import { insertMember, replaceSpans, type ObjectScan } from '@sluice/streaming';

/**
 * A copy in which the scanned object's member has another value; every other byte stays. A member that stands there
 * several times is changed everywhere, so that no reader sees the old value; one that is missing is added at the end.
 */
export function setMember<Name extends string>(
  json: Buffer,
  scan: ObjectScan<Name>,
  name: Name,
  valueJson: string,
): Buffer {
  const spans = scan.members[name];
  if (spans === undefined) return insertMember(json, scan, name, valueJson);
  return replaceSpans(
    json,
    spans.map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd, text: valueJson })),
  );
}
