import { apiRegion, oidcRegion, socialAuthRegion } from './regions.js';
import type { KiroSettings } from './settings.js';

/** The base of `/generateAssistantResponse`. @param profileArn of the sending account, which may name the region */
export function inferenceBase(settings: KiroSettings, profileArn: string | undefined): string {
  return settings.endpoints?.inference ?? `https://q.${apiRegion(settings, profileArn)}.amazonaws.com`;
}

/** The base of the operations beside inference, which the vendor serves from the same host. */
export function managementBase(settings: KiroSettings, profileArn: string | undefined): string {
  return settings.endpoints?.management ?? inferenceBase(settings, profileArn);
}

/** The base of `/refreshToken`. */
export function socialAuthBase(settings: KiroSettings): string {
  return settings.endpoints?.socialAuth ?? `https://prod.${socialAuthRegion(settings)}.auth.desktop.kiro.dev`;
}

/** The base of `/token`. */
export function oidcBase(settings: KiroSettings): string {
  return settings.endpoints?.oidc ?? `https://oidc.${oidcRegion(settings)}.amazonaws.com`;
}
