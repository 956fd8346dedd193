import { MASK, NAMED_PATTERNS, NAMED_SECRET, SHAPE_PATTERNS, type SecretPattern } from './secret-patterns.js';

/** Shorter secrets are not looked for: taking every "abc" out of a text destroys it and hides nothing. */
export const MIN_SECRET_CHARACTERS = 4;

/** A shorter text holds no secret that its own characters give away. */
const MIN_SHAPE_CHARACTERS = 15;

/** `encodeURIComponent` throws on it. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

/**
 * The text with every secret masked: the given ones, however they are escaped, and whatever looks like one.
 * Takes time linear in the text for each secret; never cuts the text.
 *
 * @param extraSecrets exact secrets that may occur, for example the credential that was sent to the vendor whose message
 *   this is. Those under 4 characters are ignored.
 */
export function redactText(text: string, extraSecrets: readonly string[] = []): string {
  let clean = extraSecrets.length === 0 ? text : withoutExact(text, extraSecrets);
  // names first, as they take the whole value; most log fields are one short word and need neither
  if (NAMED_SECRET.test(clean)) clean = withoutPatterns(clean, NAMED_PATTERNS);
  return clean.length < MIN_SHAPE_CHARACTERS ? clean : withoutPatterns(clean, SHAPE_PATTERNS);
}

function withoutPatterns(text: string, patterns: readonly SecretPattern[]): string {
  let clean = text;
  for (const { expression, replacement } of patterns) clean = clean.replace(expression, replacement);
  return clean;
}

function withoutExact(text: string, secrets: readonly string[]): string {
  const spellings = new Set<string>();
  for (const secret of secrets) {
    if (secret.length >= MIN_SECRET_CHARACTERS) for (const spelling of spellingsOf(secret)) spellings.add(spelling);
  }
  // longest first: a secret that is part of another must not leave the rest of that one behind
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, spelling) => clean.replaceAll(spelling, MASK), text);
}

/** As it is, in JSON, in JSON inside JSON, and in a URL. */
function spellingsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const jsonInJson = JSON.stringify(json).slice(1, -1);
  const slashed = json.replaceAll('/', '\\/');
  const url = encodeURIComponent(secret.replace(LONE_SURROGATE, '\uFFFD'));
  const lowerCaseUrl = url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  const form = new URLSearchParams([['', secret]]).toString().slice('='.length);
  const strictUrl = form.replaceAll('+', '%20');
  return [secret, json, jsonInJson, slashed, url, lowerCaseUrl, form, strictUrl];
}
