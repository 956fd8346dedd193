import type { Candidate } from '@sluice/accounts';
import type { FormatId } from '@sluice/core';
import type { ProviderRegistry } from '@sluice/provider-kit';
import type { Target } from '@sluice/routing';

/** By target and client format; a target lives as long as its snapshot's routes. */
const KNOWN = new WeakMap<Target, Map<FormatId, readonly Candidate[]>>();

/**
 * The candidates to ask first: where accounts of one priority differ, those whose vendor speaks the client's format, so that
 * nothing is translated that need not be. The operator's priorities stay above that.
 */
export function nativeCandidates(target: Target, client: FormatId, providers: ProviderRegistry): readonly Candidate[] {
  const byFormat = KNOWN.get(target) ?? new Map<FormatId, readonly Candidate[]>();
  KNOWN.set(target, byFormat);
  const known = byFormat.get(client);
  if (known !== undefined) return known;
  const native = new Set(target.candidates.filter((one) => isNative(one, client, providers)));
  const priorities = new Set([...native].map(({ declaration }) => declaration.priority));
  const chosen = target.candidates.filter((one) => native.has(one) || !priorities.has(one.declaration.priority));
  byFormat.set(client, chosen);
  return chosen;
}

function isNative(
  { declaration: { account }, model }: Candidate,
  client: FormatId,
  providers: ProviderRegistry,
): boolean {
  try {
    return providers.find(account.provider)?.formats(model, account).includes(client) ?? false;
  } catch {
    return false; // a provider that cannot say is reported where its account is used
  }
}
