import type { JsonObject } from '@sluice/core';
import { headerValue } from '@sluice/core';
import type { MockRequest } from '@sluice/mock-upstream';
import { kiroAccount } from '../kiro-account.js';

const TOKEN_CHARACTERS = 120;
const MACHINE_CHARACTERS = 64;

/** Whose calls the soak's faults befall, and who is asked again and again. */
export const WELL = ['key', 'social', 'sign-on', 'forgetful', 'slow'] as const;
/** Whose own fault is the whole story. */
export const SICK = ['suspended', 'exhausted', 'dead'] as const;

export type SoakAccount = (typeof WELL)[number] | (typeof SICK)[number] | 'off';

/** By the digit that its machine consists of, or that its key ends with: an account is told by it, whatever its tokens are. */
const DIGITS: Readonly<Record<string, SoakAccount>> = {
  '1': 'key',
  '2': 'social',
  '3': 'sign-on',
  '4': 'forgetful',
  '5': 'slow',
  '6': 'suspended',
  '7': 'exhausted',
  '8': 'dead',
  '9': 'off',
};

/** Accounts with keys ask as the command line does, which does not tell its machine. */
const KEYS = { key: 'ksk_soak_1', exhausted: 'ksk_soak_7', off: 'ksk_soak_9' };

/** The accounts of the soak at one vendor. Those that are well never rest, so that each request's end is known beforehand. */
export function soakAccounts(vendorUrl: string): JsonObject[] {
  const account = (id: SoakAccount, members: JsonObject): JsonObject => {
    const [digit = ''] = Object.entries(DIGITS).find(([, name]) => name === id) ?? [];
    const rests = (SICK as readonly string[]).includes(id);
    const shared = Object.entries(kiroAccount(vendorUrl, { id, machineId: digit.repeat(MACHINE_CHARACTERS) }));
    const keyless = Object.fromEntries(shared.filter(([name]) => name !== 'apiKey'));
    return { ...keyless, cooldown: { enabled: rests }, ...members };
  };
  const social = { authMethod: 'social' };
  const client = { clientId: 'client-of-the-soak', clientSecret: 'client-secret-of-the-soak' };
  return [
    account('key', { apiKey: KEYS.key }),
    account('social', { ...social, refreshToken: tokenOf('social') }),
    account('sign-on', { refreshToken: tokenOf('sign-on'), authMethod: 'idc', ...client }),
    account('forgetful', { ...social, refreshToken: tokenOf('forgetful') }),
    account('slow', { ...social, refreshToken: tokenOf('slow') }),
    account('suspended', { ...social, refreshToken: tokenOf('suspended') }),
    account('exhausted', { apiKey: KEYS.exhausted }),
    account('dead', { ...social, refreshToken: tokenOf('dead') }),
    account('off', { apiKey: KEYS.off, enabled: false }),
  ];
}

/** The refresh token that an account is declared with. */
export function tokenOf(id: SoakAccount): string {
  return `aorAAAAAG-${id}-`.padEnd(TOKEN_CHARACTERS, 'x');
}

/** Who sent a request; undefined = it does not say, as the renewal of a single sign-on. */
export function accountOf({ headers }: MockRequest): SoakAccount | undefined {
  const [, key] = /^Bearer ksk_soak_(\d)$/.exec(headerValue(headers, 'authorization') ?? '') ?? [];
  const [, machine] = /-(\d)\1{63}$/.exec(headerValue(headers, 'user-agent') ?? '') ?? [];
  return DIGITS[key ?? machine ?? ''];
}
