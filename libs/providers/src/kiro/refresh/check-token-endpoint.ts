/** Hosts of the one identity provider that Kiro's editor knows; the dot in front keeps look-alikes out. */
const TRUSTED_HOSTS = ['.microsoftonline.com', '.microsoftonline.us', '.microsoftonline.cn'] as const;

/**
 * Whether a refresh token may be sent there. Asked before every renewal, because the address may come from a file that other
 * programs write.
 * @returns why not; undefined = it may
 */
export function checkTokenEndpoint(address: string): string | undefined {
  if (!URL.canParse(address)) return 'Its tokenEndpoint is not a URL.';
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== 'https:') return 'Its tokenEndpoint is not an https address.';
  if (username !== '' || password !== '') return 'Its tokenEndpoint has a name or a password inside.';
  if (!TRUSTED_HOSTS.some((host) => hostname.endsWith(host))) {
    return `Its tokenEndpoint is at none of the hosts that are trusted with it: ${TRUSTED_HOSTS.map((host) => `*${host}`).join(', ')}.`;
  }
  return undefined;
}
