import type { KiroSettings } from './settings.js';

const DEFAULT_REGION = 'us-east-1';

/** The API exists in these and in GovCloud; a login may come from any other region of AWS's single sign-on. */
const API_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'eu-central-1', 'us-gov-east-1', 'us-gov-west-1']);
const API_REGION_OF_EUROPE = 'eu-central-1';

/** `arn:aws:codewhisperer:<region>:<account>:profile/<id>` */
const REGION_IN_ARN = /^arn:[\w-]+:codewhisperer:([a-z0-9-]+):/;

/** The profile that all Builder ID logins share; it says nothing of where an account lives. */
const SHARED_BUILDER_ID_PROFILE = 'arn:aws:codewhisperer:us-east-1:638616132270:profile/AAAACCCCXXXX';

/** Where single sign-on renews a login. */
export function oidcRegion({ authRegion, region }: Pick<KiroSettings, 'authRegion' | 'region'>): string {
  return authRegion ?? region ?? DEFAULT_REGION;
}

/** Kiro's own login service is known in one region only; another one has to be named explicitly. */
export function socialAuthRegion({ authRegion }: Pick<KiroSettings, 'authRegion'>): string {
  return authRegion ?? DEFAULT_REGION;
}

/**
 * Where inference runs. Token, profile and host must agree, so the profile's region counts before what is guessed from the
 * region of the login.
 */
export function apiRegion(
  { apiRegion: declared, region }: Pick<KiroSettings, 'apiRegion' | 'region'>,
  profileArn: string | undefined,
): string {
  return declared ?? regionOfProfile(profileArn) ?? nearestApiRegion(region ?? DEFAULT_REGION);
}

function regionOfProfile(arn = ''): string | undefined {
  return arn === SHARED_BUILDER_ID_PROFILE ? undefined : REGION_IN_ARN.exec(arn)?.[1];
}

function nearestApiRegion(region: string): string {
  if (API_REGIONS.has(region)) return region;
  return region.startsWith('eu-') ? API_REGION_OF_EUROPE : DEFAULT_REGION;
}
