import type { Credential } from '@sluice/provider-kit';

/**
 * Whether one credential was renewed from the other, or both from the same. A provider whose logins can be declared marks them
 * with `details.seed`, which outlives every renewal: one word, or several with blanks between them where a login has taken over
 * what another program renewed. Logins that only the store knows have none.
 */
export function isSameLogin(one: Credential, other: Credential): boolean {
  const [mine, theirs] = [one.details?.['seed'], other.details?.['seed']];
  if (mine === theirs || mine === undefined || theirs === undefined) return mine === theirs;
  const words = theirs.split(' ');
  return mine.split(' ').some((word) => words.includes(word));
}
