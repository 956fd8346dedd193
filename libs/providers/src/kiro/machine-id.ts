import { createHash } from 'node:crypto';

const MACHINE_ID = /^[0-9a-f]{64}$/i;
const UUID_DIGITS = /^[0-9a-f]{32}$/i;

/** Who is asking, as the vendor's user agents say it: 64 hexadecimal digits. */
export function machineIdOf(said: {
  /** What the operator or the credential says; ignored when it is neither 64 digits nor a UUID. */
  readonly declared?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly accountId: string;
}): string {
  const declared = normalised(said.declared);
  if (declared !== undefined) return declared;
  const seed =
    said.refreshToken === undefined ? `KiroFallback/${said.accountId}` : `KotlinNativeAPI/${said.refreshToken}`;
  return createHash('sha256').update(seed).digest('hex');
}

/** A UUID counts twice, which gives the length. */
function normalised(value = ''): string | undefined {
  const trimmed = value.trim();
  if (MACHINE_ID.test(trimmed)) return trimmed;
  const digits = trimmed.replaceAll('-', '');
  return UUID_DIGITS.test(digits) ? digits + digits : undefined;
}
