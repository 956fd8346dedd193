/** Who calls with a key of the configuration: the id that its requests, and the accounts that it owns, go by. */
export function principalIdOfKey(name: string): string {
  return `key:${name}`;
}
