const DEFAULT_REGION = 'us-east-1';

/** A region as AWS writes it; anything else must not become a part of a host's name. */
export const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** The API exists in these and in GovCloud; a login may come from any other region of AWS's single sign-on. */
const API_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'eu-central-1', 'us-gov-east-1', 'us-gov-west-1']);
const API_REGION_OF_EUROPE = 'eu-central-1';

/** `arn:aws:codewhisperer:<region>:<account>:profile/<id>` */
const REGION_IN_ARN = /^arn:[\w-]+:codewhisperer:([a-z0-9-]+):/;

/** The profile that all Builder ID logins share; it says nothing of where an account lives. */
export const BUILDER_ID_PROFILE = 'arn:aws:codewhisperer:us-east-1:638616132270:profile/AAAACCCCXXXX';

/** What one place says of regions. */
export interface Regions {
  readonly region?: string | undefined;
  readonly authRegion?: string | undefined;
  readonly apiRegion?: string | undefined;
}

/**
 * The login's own word counts before the one for all logins of a file: in kiro-rs the one stands in `credentials.json`, the
 * other in `config.json`. An account that is declared inline has no second place.
 */
export interface RegionPlaces {
  readonly login: Regions;
  readonly all: Regions;
}

/** Where single sign-on renews a login. */
export function oidcRegion({ login, all }: RegionPlaces): string {
  return login.authRegion ?? login.region ?? all.authRegion ?? all.region ?? DEFAULT_REGION;
}

/** Kiro's own login service is known in one region only; another one has to be named explicitly. */
export function socialAuthRegion({ login, all }: RegionPlaces): string {
  return login.authRegion ?? all.authRegion ?? DEFAULT_REGION;
}

/**
 * Where inference runs. What is said outright counts first; the region of a login is none for the API. Token, profile and
 * host must agree, so the profile's region counts before what is guessed from the region of the login.
 */
export function apiRegion({ login, all }: RegionPlaces, profileArn: string | undefined): string {
  return (
    login.apiRegion ??
    all.apiRegion ??
    all.region ??
    regionOfProfile(profileArn) ??
    nearestApiRegion(login.region ?? DEFAULT_REGION)
  );
}

/** The other region that has the API: where a profile may be when it is not in the first one. GovCloud has no other. */
export function otherApiRegion(region: string): string | undefined {
  if (region === API_REGION_OF_EUROPE) return DEFAULT_REGION;
  return region === DEFAULT_REGION ? API_REGION_OF_EUROPE : undefined;
}

function regionOfProfile(arn = ''): string | undefined {
  return arn === BUILDER_ID_PROFILE ? undefined : REGION_IN_ARN.exec(arn)?.[1];
}

function nearestApiRegion(region: string): string {
  if (API_REGIONS.has(region)) return region;
  return region.startsWith('eu-') ? API_REGION_OF_EUROPE : DEFAULT_REGION;
}
