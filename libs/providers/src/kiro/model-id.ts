/** Suffixes by which clients ask for more than a model: thinking, an agent's rules, a large context. */
const SUFFIX = /(?:-thinking|-agentic|-1m|\[1m\])$/i;

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

/** The vendor's id for a name that clients use. A name that no rule knows is taken for an id. */
export function kiroModelId(name: string): string {
  if (OWN_ID.test(name)) return name;
  const bare = withoutSuffixes(name);
  const lower = bare.toLowerCase();
  return dottedId(lower) ?? RULES.find(([pattern]) => pattern.test(lower))?.[1] ?? bare;
}

/** In any order, as often as they come. */
function withoutSuffixes(name: string): string {
  let bare = name;
  while (SUFFIX.test(bare)) bare = bare.replace(SUFFIX, '');
  return bare;
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
