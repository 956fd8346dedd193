const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * How long the text of a member is, as JSON writes it, without parsing: of the names the first whose member is a text that is
 * not empty. 0 = there is none.
 *
 * Hot path: it runs for every event of every stream that passes. 0.1 µs where parsing would take 1.6 µs; escapes count as the
 * characters they are written with.
 * @param names with their quotes, as in `"content"`: an escaped quote inside a text never looks like one of them
 */
export function memberTextLength(json: string, names: readonly string[]): number {
  for (const name of names) {
    const at = json.indexOf(name);
    const length = at === -1 ? 0 : lengthOfTextAt(json, at + name.length);
    if (length > 0) return length;
  }
  return 0;
}

/** The same, of all members of these names together. */
export function memberTextLengths(json: string, names: readonly string[]): number {
  let sum = 0;
  for (const name of names) {
    for (let at = json.indexOf(name); at !== -1; at = json.indexOf(name, at + name.length)) {
      sum += lengthOfTextAt(json, at + name.length);
    }
  }
  return sum;
}

/** Of the value behind a member's name. 0 = it is no text, or it never ends. */
function lengthOfTextAt(json: string, nameEnd: number): number {
  let at = nameEnd;
  while (json.charCodeAt(at) === SPACE) at += 1;
  if (json.charCodeAt(at) !== COLON) return 0;
  do at += 1;
  while (json.charCodeAt(at) === SPACE);
  if (json.charCodeAt(at) !== QUOTE) return 0;
  const start = at + 1;
  for (let end = json.indexOf('"', start); end !== -1; end = json.indexOf('"', end + 1)) {
    if (!isEscaped(json, end)) return end - start;
  }
  return 0;
}

function isEscaped(json: string, quote: number): boolean {
  let first = quote;
  while (json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (quote - first) % 2 === 1;
}
