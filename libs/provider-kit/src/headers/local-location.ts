/** Where a request went, and which path of ours it was. */
export interface ForwardedPlace {
  readonly url: string;
  /** Begins with a slash and the version. */
  readonly path: string;
}

/** What a client of ours may be sent to: a path below a version, which is all that we pass on, and a query. */
const PASSED_ON = /^\/v\d+(?:alpha|beta)?\d*(?:[/?][\w.~!$&'()*+,;=:@%/?-]*)?$/;

/**
 * A vendor's `location` as a path of ours, so that a client that follows it comes back to us with its own key. A location is
 * relative to what was asked for; what leads to another origin, or to a place that we do not pass on, is nobody's to follow.
 *
 * ```text
 * asked for   https://host/openai /v1/files/1     as   /v1/files/1
 * location    https://host/openai /v1/files/2     is   /v1/files/2
 * ```
 */
export function localLocation(location: string, { url, path }: ForwardedPlace): string | undefined {
  const asked = new URL(url);
  if (!URL.canParse(location, url)) return undefined;
  const target = new URL(location, asked);
  if (target.origin !== asked.origin || target.username !== '' || target.password !== '') return undefined;
  const [theirs, ours] = beginnings(asked.pathname, path);
  if (target.pathname !== theirs && !target.pathname.startsWith(`${theirs}/`)) return undefined;
  const local = ours + target.pathname.slice(theirs.length) + target.search;
  return PASSED_ON.test(local) ? local : undefined;
}

/** What stands before the segments that both paths end with. */
function beginnings(theirs: string, ours: string): readonly [string, string] {
  const [one, other] = [theirs.split('/'), ours.split('/')];
  let common = 0;
  while (common < Math.min(one.length, other.length) - 1 && one.at(-1 - common) === other.at(-1 - common)) common += 1;
  return [one.slice(0, one.length - common).join('/'), other.slice(0, other.length - common).join('/')];
}
