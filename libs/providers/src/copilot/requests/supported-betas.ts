import type { WireHeaders } from '@sluice/core';

const HEADER = 'anthropic-beta';

/** Seen 2025-11: those that the vendor's own editor sends. It refuses requests with others. */
const SUPPORTED: ReadonlySet<string> = new Set([
  'interleaved-thinking-2025-05-14',
  'context-management-2025-06-27',
  'advanced-tool-use-2025-11-20',
]);

export interface BetaChoice {
  /** The client's headers with the betas that the vendor takes. */
  readonly headers: WireHeaders;
  readonly dropped: readonly string[];
}

const NOTHING: readonly string[] = [];

/** Parts the betas that a client asks for into those that this vendor takes and the others. The operator's are not looked at. */
export function withSupportedBetas(headers: WireHeaders): BetaChoice {
  const asked = headers[HEADER];
  if (asked === undefined) return { headers, dropped: NOTHING };
  const list = typeof asked === 'string' ? asked : asked.join(',');
  const betas = list
    .split(',')
    .map((beta) => beta.trim())
    .filter((beta) => beta !== '');
  const dropped = betas.filter((beta) => !SUPPORTED.has(beta));
  if (dropped.length === 0) return { headers, dropped };
  const kept = betas.filter((beta) => SUPPORTED.has(beta));
  return { headers: { ...headers, [HEADER]: kept.length === 0 ? undefined : kept.join(',') }, dropped };
}
