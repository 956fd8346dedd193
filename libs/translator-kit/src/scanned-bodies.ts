import type { JsonObject } from '@sluice/core';
import { scanMembers, type MemberSpan, type ObjectScan } from '@sluice/streaming';
import { lastValues } from './pick-members.js';
import { setMember } from './set-member.js';

/** A smaller body is scanned again: that takes a microsecond, and remembering it costs the garbage collector more. */
export const MIN_REMEMBERED_BYTES = 16 * 1024;

/**
 * Scans each large request body once, however often its envelope is read or changed on the way (a 300 KB prompt takes 0.25 ms a
 * scan, and every attempt splices its own model). A changed copy inherits the scan, moved by the change. Held as long as
 * the body itself.
 */
export class ScannedBodies<Name extends string> {
  readonly #names: readonly Name[];
  readonly #scans = new WeakMap<Buffer, ObjectScan<Name>>();

  /** @param names the top-level members that the envelope reads or writes */
  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  /** Undefined on any doubt: then parse the whole. */
  scan(body: Buffer): ObjectScan<Name> | undefined {
    const known = body.length >= MIN_REMEMBERED_BYTES ? this.#scans.get(body) : undefined;
    if (known !== undefined) return known;
    const scan = scanMembers(body, this.#names);
    if (scan !== undefined && body.length >= MIN_REMEMBERED_BYTES) this.#scans.set(body, scan);
    return scan;
  }

  /** The members that are there, the last of each name. Undefined on any doubt. */
  read(body: Buffer): JsonObject | undefined {
    const scan = this.scan(body);
    return scan && lastValues(body, scan, this.#names);
  }

  /** A copy of a scanned body with another value of one member. */
  write(body: Buffer, scan: ObjectScan<Name>, name: Name, valueJson: string): Buffer {
    const changed = setMember(body, scan, name, valueJson);
    if (changed.length >= MIN_REMEMBERED_BYTES && scan.members[name] !== undefined)
      this.#scans.set(changed, moved(scan, name, Buffer.byteLength(valueJson)));
    return changed;
  }
}

/** The scan after each value of the changed member got another length. */
function moved<Name extends string>(scan: ObjectScan<Name>, changed: Name, newLength: number): ObjectScan<Name> {
  const place = (offset: number): number =>
    (scan.members[changed] ?? []).reduce(
      (at, { valueStart, valueEnd }) => (valueEnd <= offset ? at + newLength - (valueEnd - valueStart) : at),
      offset,
    );
  const members: Partial<Record<Name, readonly MemberSpan[]>> = Object.create(null); // as the scan itself makes it
  for (const name of Object.keys(scan.members) as Name[]) {
    members[name] = scan.members[name]?.map(({ valueStart, valueEnd }) => {
      const start = place(valueStart);
      return { valueStart: start, valueEnd: name === changed ? start + newLength : place(valueEnd) };
    });
  }
  return { ...scan, objectEnd: place(scan.objectEnd), members };
}
