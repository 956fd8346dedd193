import { createHash } from 'node:crypto';

const MACHINE_ID = /^[0-9a-f]{64}$/i;
const UUID_DIGITS = /^[0-9a-f]{32}$/i;

/** Who is asking, as the vendor's user agents say it: 64 hexadecimal digits. */
export function machineIdOf(said: {
  /** What the operator or the credential says; ignored when it is neither 64 digits nor a UUID. */
  readonly declared?: string | undefined;
  /** A login by key has no other origin: an empty one is never made up for by a refresh token. */
  readonly apiKey?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly accountId: string;
}): string {
  return normaliseMachineId(said.declared) ?? createHash('sha256').update(originOf(said)).digest('hex');
}

/** 64 digits as they are; a UUID counts twice, which gives the length. Undefined = it is neither. */
export function normaliseMachineId(value = ''): string | undefined {
  const trimmed = value.trim();
  if (MACHINE_ID.test(trimmed)) return trimmed;
  const digits = trimmed.replaceAll('-', '');
  return UUID_DIGITS.test(digits) ? digits + digits : undefined;
}

function originOf(said: {
  readonly apiKey?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly accountId: string;
}): string {
  const fallback = `KiroFallback/${said.accountId}`;
  if (said.apiKey !== undefined) return said.apiKey === '' ? fallback : `KiroAPIKey/${said.apiKey}`;
  return said.refreshToken === undefined ? fallback : `KotlinNativeAPI/${said.refreshToken}`;
}
