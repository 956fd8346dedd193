/** What a client asks for by the end of a model's name. */
export interface ModelSuffixes {
  readonly thinking: boolean;
  readonly agentic: boolean;
  /** The context of a million tokens. */
  readonly large: boolean;
}

const AGENTIC = '-agentic';
const LARGE = ['-1m', '[1m]'];

/**
 * The suffixes of a name, in any order and in any case. The provider takes them off; what they mean for a request and its
 * answer is the format's affair.
 *
 * @param name as the route gave it
 * @param thinkingSuffix the account's own; empty = none
 */
export function readModelSuffixes(name: string, thinkingSuffix: string): ModelSuffixes {
  const found = new Set<string>();
  const known = [thinkingSuffix.toLowerCase(), AGENTIC, ...LARGE].filter((suffix) => suffix !== '');
  let rest = name.toLowerCase();
  for (;;) {
    const suffix = known.find((candidate) => rest.endsWith(candidate));
    if (suffix === undefined) break;
    found.add(suffix);
    rest = rest.slice(0, -suffix.length);
  }
  return {
    thinking: thinkingSuffix !== '' && found.has(thinkingSuffix.toLowerCase()),
    agentic: found.has(AGENTIC),
    large: LARGE.some((suffix) => found.has(suffix)),
  };
}
