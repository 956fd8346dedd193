import type { SettingDescription } from '../declaration/describe-configuration.js';
import type { Finding } from '../source/finding.js';
import type { Path } from '../path.js';
import { nearestName, normaliseName } from './nearest-name.js';

export interface UnknownMember {
  /** Of the mapping that it stands in. */
  readonly parent: Path;
  readonly name: string;
  /** The members that the mapping may have. */
  readonly known: readonly string[];
  /** Every setting there is: the member may belong somewhere else. */
  readonly settings: readonly SettingDescription[];
  /** `a setting of openai accounts`. */
  readonly what: string;
}

/** Tells about a member that nobody declared: the nearest of its neighbours, else the place where it belongs. */
export function explainUnknownMember({ parent, name, known, settings, what }: UnknownMember): Finding {
  const finding = { path: [...parent, name], message: `is not ${what}`, allowed: known.join(', ') };
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return { ...finding, fix: `Did you mean ${nearest}?`, meant: [...parent, nearest] };
  const fix = parent[0] === 'accounts' ? explainOwners(name, settings) : explainHome(name, settings);
  return fix === undefined ? finding : { ...finding, fix };
}

function explainOwners(name: string, settings: readonly SettingDescription[]): string | undefined {
  const owners = settings.filter(({ path }) => path === `accounts[].${name}`).flatMap(({ provider }) => provider ?? []);
  return owners.length === 0 ? undefined : `Accounts of ${owners.join(', ')} have it.`;
}

function explainHome(name: string, settings: readonly SettingDescription[]): string | undefined {
  const places = settings.filter(({ path }) => !path.includes('[]')).flatMap(({ path }) => placesOn(path));
  const home = places.find((place) => normaliseName(place.slice(place.lastIndexOf('.') + 1)) === normaliseName(name));
  return home === undefined ? undefined : `Move it to ${home}.`;
}

/** `a.b.c` → `a`, `a.b`, `a.b.c`. */
function placesOn(path: string): readonly string[] {
  const names = path.split('.');
  return names.map((_name, index) => names.slice(0, index + 1).join('.'));
}
