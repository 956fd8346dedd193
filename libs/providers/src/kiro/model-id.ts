/** Suffixes by which clients ask for more than a model: an agent's rules, a large context. */
const AGENTIC_SUFFIX = '-agentic';
const LARGE_SUFFIXES = ['-1m', '[1m]'];
const SUFFIXES = [AGENTIC_SUFFIX, ...LARGE_SUFFIXES];
/** The one that asks for thinking, unless the account has its own. */
const THINKING_SUFFIX = '-thinking';

/** The vendor's own ids: kept, although their spelling would match a rule. */
const OWN_ID = /^CLAUDE_[A-Z0-9_]+$/;

/** `claude-opus-4-6`, `claude-sonnet-4.6-20260101`; a date is no minor version. */
const VERSIONED = /claude-(sonnet|opus|haiku|fable|mythos)-(\d+)[.-](\d{1,2})(?!\d)/;
/** `claude-sonnet-5`, `claude-opus-5-20260601` */
const MAJOR_ONLY = /claude-(sonnet|opus|haiku|fable|mythos)-(\d+)(?=$|-\d{8}|-latest)/;

/** From this version on the vendor's ids are the dotted names. */
const FIRST_DOTTED = { major: 4, minor: 6 };

const SONNET_4_5 = 'CLAUDE_SONNET_4_5_20250929_V1_0';

/** First match counts. Lower case. */
const RULES: readonly (readonly [pattern: RegExp, id: string])[] = [
  [/^auto-kiro$/, 'auto'],
  [/sonnet.*4[.-]5|4[.-]5.*sonnet/, SONNET_4_5],
  [/sonnet[-_]4/, 'CLAUDE_SONNET_4_20250514_V1_0'],
  [/3[.-]7.*sonnet|sonnet.*3[.-]7/, 'CLAUDE_3_7_SONNET_20250219_V1_0'],
  [/3[.-]5.*sonnet.*20241022/, 'CLAUDE_3_5_SONNET_20241022_V2_0'],
  [/3[.-]5.*sonnet.*20240620/, 'CLAUDE_3_5_SONNET_20240620_V1_0'],
  [/sonnet/, SONNET_4_5],
  [/opus.*4[.-]5|4[.-]5.*opus/, 'claude-opus-4.5'],
  [/opus/, 'claude-opus-4.6'],
  [/haiku/, 'claude-haiku-4.5'],
];

/**
 * The vendor's id for a name that clients use. A name that no rule knows is taken for an id.
 *
 * @param thinkingSuffix the account's own; empty = none
 */
export function kiroModelId(name: string, thinkingSuffix = THINKING_SUFFIX): string {
  if (OWN_ID.test(name)) return name;
  const bare = withoutSuffixes(name, [thinkingSuffix, ...SUFFIXES]);
  const lower = bare.toLowerCase();
  return dottedId(lower) ?? RULES.find(([pattern]) => pattern.test(lower))?.[1] ?? bare;
}

/**
 * The id of the model with a large context that a name asks for, where that is a model of its own; undefined = it asks for none.
 *
 * @param thinkingSuffix the account's own; empty = none
 */
export function largeModelId(name: string, thinkingSuffix = THINKING_SUFFIX): string | undefined {
  const bare = withoutSuffixes(name, [thinkingSuffix, AGENTIC_SUFFIX]);
  if (!LARGE_SUFFIXES.some((suffix) => bare.toLowerCase().endsWith(suffix))) return undefined;
  const [, family, major, minor] = VERSIONED.exec(bare.toLowerCase()) ?? [];
  return family === undefined ? undefined : `claude-${family}-${major}.${minor}-1m`;
}

/** In any order and any case, as often as they come. */
function withoutSuffixes(name: string, suffixes: readonly string[]): string {
  const known = suffixes.filter((suffix) => suffix !== '').map((suffix) => suffix.toLowerCase());
  let bare = name;
  for (;;) {
    const lower = bare.toLowerCase();
    const suffix = known.find((candidate) => lower.endsWith(candidate));
    if (suffix === undefined) return bare;
    bare = bare.slice(0, -suffix.length);
  }
}

function dottedId(name: string): string | undefined {
  const [, family, major, minor] = VERSIONED.exec(name) ?? MAJOR_ONLY.exec(name) ?? [];
  if (family === undefined || !isDotted(Number(major), minor === undefined ? undefined : Number(minor)))
    return undefined;
  return minor === undefined ? `claude-${family}-${major}` : `claude-${family}-${major}.${minor}`;
}

function isDotted(major: number, minor: number | undefined): boolean {
  if (major !== FIRST_DOTTED.major) return major > FIRST_DOTTED.major;
  return minor !== undefined && minor >= FIRST_DOTTED.minor;
}
