/** Whole names, in lower case and without punctuation. */
const SECRET_NAMES = new Set([
  'auth',
  'authorization',
  'authorizationcode',
  'bearer',
  'clientassertion',
  'codeverifier',
  'cookie',
  'cookies',
  'credential',
  'devicecode',
  'jwt',
  'key',
  'otp',
  'passcode',
  'passphrase',
  'passwd',
  'proxyauthorization',
  'pwd',
  'setcookie',
  'sig',
  'totp',
]);

/** Endings that make a name secret: `accessToken`, `x-api-key`, `client_secret`, `dbPassword`. */
const SECRET_ENDINGS = /(?:token|secret|password|apikey|accesskey|privatekey|secretkey|encryptionkey)$/;

/** Verdicts that are remembered; log fields have few names. */
const MAX_REMEMBERED_NAMES = 1024;
/** Longer names are not remembered. */
const MAX_REMEMBERED_CHARACTERS = 64;

const verdicts = new Map<string, boolean>();

/** Whether the value of a member, header or parameter of this name is a secret, in any spelling: `apiKey`, `api_key`, `API-KEY`. */
export function isSecretName(name: string): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const verdict = SECRET_NAMES.has(bare) || SECRET_ENDINGS.test(bare);
  if (name.length <= MAX_REMEMBERED_CHARACTERS) {
    if (verdicts.size >= MAX_REMEMBERED_NAMES) verdicts.clear();
    verdicts.set(name, verdict);
  }
  return verdict;
}
