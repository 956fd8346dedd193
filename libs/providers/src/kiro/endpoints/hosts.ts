import { oidcRegion, socialAuthRegion, type RegionPlaces } from '../regions.js';
import type { KiroSettings } from '../settings.js';

type Overrides = Pick<KiroSettings, 'endpoints'>;

/** The base of inference at the host that the editor asks. @param region of the API */
export function inferenceBase({ endpoints }: Overrides, region: string): string {
  return endpoints?.inference ?? `https://q.${region}.amazonaws.com`;
}

/** The base of inference at the newer host. @param region of the API */
export function runtimeBase({ endpoints }: Overrides, region: string): string {
  return endpoints?.runtime ?? `https://runtime.${region}.kiro.dev`;
}

/** The base of the operations beside inference, which the vendor serves from the same host. @param region of the API */
export function managementBase(overrides: Overrides, region: string): string {
  return overrides.endpoints?.management ?? inferenceBase(overrides, region);
}

/** The base of `/refreshToken`. */
export function socialAuthBase({ endpoints }: Overrides, places: RegionPlaces): string {
  return endpoints?.socialAuth ?? `https://prod.${socialAuthRegion(places)}.auth.desktop.kiro.dev`;
}

/** The base of `/token`. */
export function oidcBase({ endpoints }: Overrides, places: RegionPlaces): string {
  return endpoints?.oidc ?? `https://oidc.${oidcRegion(places)}.amazonaws.com`;
}
