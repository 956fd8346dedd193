const SHOWN_START = 3;
const SHOWN_END = 4;
/** Of a shorter secret the shown ends would be too much. */
const MIN_SHOWN_CHARACTERS = 24;

/** As much of a secret as tells it from others. */
export function maskSecret(secret: string): string {
  if (secret.length < MIN_SHOWN_CHARACTERS) return '***';
  return `${secret.slice(0, SHOWN_START)}…${secret.slice(-SHOWN_END)}`;
}
