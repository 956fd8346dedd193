import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A UUID in the form that the vendor's own client sends (version 4), but always the same for the same seed and purpose, so that
 * output is reproducible.
 */
export function deriveUuid(seed: string, purpose: string): string {
  const hex = createHash('sha256').update(`${purpose}\n${seed}`).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
