/**
 * Secrets that are recognised by their shape.
 *
 * Every expression is linear in the length of the text, whatever it holds: quantified classes are followed by something
 * outside the class or by nothing, a failed attempt is bounded or cannot start again inside what it scanned, and bounded
 * repeats bridge optional space. `redact-text.spec.ts` feeds them hostile texts.
 */

/** What stands where a secret stood. */
export const MASK = '[redacted]';

/** The letter of an escape (`\n`, `%3D`, `\u0022`) does not count as the letter of a word. */
const AFTER_ESCAPE = String.raw`(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})`;
/** Not in the middle of a word: "task-…" holds no "sk-…". */
const WORD_START = String.raw`(?:(?<![A-Za-z0-9])|${AFTER_ESCAPE})`;
/** Not after `-` or `_` either: an attempt on a JWT may fail at its far end, so it must not start again inside itself. */
const TOKEN_START = String.raw`(?:(?<![\w-])|${AFTER_ESCAPE})`;

/** The prefix stands first and its left side is looked at afterwards: the engine then skips quickly to the next prefix. */
function shape(prefix: string, rest: string, start = WORD_START): string {
  return `${prefix}(?<=${start}${prefix})${rest}`;
}

const KEY_SHAPES = [
  shape('sk-', String.raw`[\w*-]{12,}`), // OpenAI, Anthropic (sk-ant-), our own (sk-sluice-) and many others
  shape('(?:xai|nvapi|pplx|GOCSPX)-', String.raw`[\w-]{16,}`),
  shape('(?:gsk|hf)_', String.raw`\w{16,}`),
  shape('gh[oprsu]_', String.raw`\w{16,}`), // GitHub
  shape('github_pat_', String.raw`\w{16,}`),
  shape('AIza', String.raw`[\w-]{20,}`), // Google API key
  shape(String.raw`ya29\.`, String.raw`[\w-]{16,}`), // Google access token
  shape('1//0', String.raw`[\w-]{16,}`), // Google refresh token
  shape('(?:AKIA|ASIA)', '[A-Z0-9]{16}'), // AWS access key id
];

const JWT = shape('eyJ', String.raw`[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}`, TOKEN_START);

/** Names whose value is a secret wherever they stand in a text. */
const NAMES = [
  'api[-_]?key',
  '(?:access|auth|bearer|id|refresh|security|session)[-_]?token',
  'client[-_]?secret',
  '(?:access|private|secret)[-_]?key',
  'passw(?:or)?d',
];
/** Headers whose value is a secret to the end of its line. */
const LINE_NAMES = ['authorization', 'cookie'];
/** Names that are ordinary words, and secrets only as quoted members. */
const QUOTED_NAMES = ['token', 'secret', 'passphrase', 'credential'];

const SEPARATOR = String.raw`\s{0,8}[:=]\s{0,8}`;
/** The opening quote is a group of its own, and stays. */
const QUOTED_VALUE = [
  String.raw`(\\")(?:[^"\\]|\\\\(?:\\[\s\S]|[^\\])|\\[^"\\])*`, // inside a JSON string
  String.raw`(\\{2,}")[^"]*`, // deeper inside
  String.raw`(")(?:[^"\\]|\\[\s\S])*`,
  String.raw`(')(?:[^'\\]|\\[\s\S])*`,
].join('|');
const BARE_VALUE = String.raw`(?!\[redacted\])[^\s"'\\,;&<>)\]}]+`;

/** Keeps the name and the opening quote, whichever it is. */
const KEEP_NAME = `$1$2$3$4$5${MASK}`;

/** An expression, and what its match becomes. */
export interface SecretPattern {
  readonly expression: RegExp;
  readonly replacement: string;
}

/** What stands between a name and its value, or between a scheme and its token. */
export const NAMED_SECRET = /[:=\s]/;

/** Secrets that a name, a scheme or a frame gives away. None matches a text that NAMED_SECRET does not. */
export const NAMED_PATTERNS: readonly SecretPattern[] = [
  { expression: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*/g, replacement: MASK },
  {
    expression: new RegExp(
      String.raw`((?:${NAMES.join('|')})\\*["']?${SEPARATOR})(?:${QUOTED_VALUE}|${BARE_VALUE})`,
      'gi',
    ),
    replacement: KEEP_NAME,
  },
  {
    expression: new RegExp(String.raw`((?:${QUOTED_NAMES.join('|')})\\*["']${SEPARATOR})(?:${QUOTED_VALUE})`, 'gi'),
    replacement: KEEP_NAME,
  },
  {
    expression: new RegExp(
      String.raw`((?:${LINE_NAMES.join('|')})\\*["']?${SEPARATOR})(?:${QUOTED_VALUE}|[^\r\n"'\\]+)`,
      'gi',
    ),
    replacement: KEEP_NAME,
  },
  {
    expression: /([?&][\w.-]{0,40}?(?:key|token|secret|signature|sig|password|credential|code)=)[^&#\s"'\\<>]+/gi,
    replacement: `$1${MASK}`,
  },
  { expression: /:\/\/[^\s/?#"'<>\\]*@/g, replacement: `://${MASK}@` },
  { expression: /(Bearer\s{1,8})(?!token\b)[\w.~+/=-]{4,}/gi, replacement: `$1${MASK}` },
];

/** Secrets that their own characters give away. */
export const SHAPE_PATTERNS: readonly SecretPattern[] = [
  { expression: new RegExp(KEY_SHAPES.join('|'), 'g'), replacement: MASK },
  { expression: new RegExp(JWT, 'g'), replacement: MASK },
];
