/** What is wrong with a URL, or undefined. Names the scheme at most: the rest may hold a password. */
export function explainBadUrl(value: string, schemes: readonly string[]): string | undefined {
  if (!URL.canParse(value)) return 'is not a URL';
  const url = new URL(value);
  const scheme = url.protocol.slice(0, -1);
  if (schemes.includes(scheme)) return url.hostname === '' ? 'has no host' : undefined;
  // `localhost:11434` parses as the scheme `localhost`
  return value.includes('://') ? `has the scheme ${scheme}, which is not supported here` : 'has no scheme';
}
