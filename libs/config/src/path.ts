/** Where a value stands in the configuration: member names and list positions, from the root down. */
export type Path = readonly (string | number)[];

const PLAIN_MEMBER = /^[\w$@-]+$/;

/** `['accounts', 1, 'baseUrl']` → `accounts[1].baseUrl`; a member that is not a plain word is quoted in brackets. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    if (!PLAIN_MEMBER.test(segment)) return `${text}[${JSON.stringify(segment)}]`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, segment) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    return (value as Record<string | number, unknown>)[segment]; // own member of a plain object or list, checked above
  }, root);
}

/** A copy of `root` with `value` at a path of member names; what stood in the way and is not a mapping is replaced. */
export function withValueAt(root: unknown, path: readonly string[], value: unknown): unknown {
  const [member, ...rest] = path;
  if (member === undefined) return value;
  const members = isMapping(root) ? root : {};
  return { ...members, [member]: withValueAt(members[member], rest, value) };
}

/** Whether a value is a mapping: neither a list nor null. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
