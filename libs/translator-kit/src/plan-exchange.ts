import type { FormatId } from '@sluice/core';
import type { FormatRegistry } from './format-registry.js';
import type { ClientSide, ClientTranslation, UpstreamSide, UpstreamTranslation, WireFormat } from './wire-format.js';

/** A format that a vendor speaks and whose answers can be watched while they pass. */
export type PassThroughFormat = WireFormat & Required<Pick<WireFormat, 'client' | 'upstream' | 'observe'>>;

/** A format whose client side can be brought into the canonical model and back. */
export type TranslatedClient = WireFormat & {
  readonly client: ClientSide & { readonly translation: ClientTranslation };
};

/** A format whose upstream side can be brought into the canonical model and back. */
export type TranslatedUpstream = WireFormat & {
  readonly upstream: UpstreamSide & { readonly translation: UpstreamTranslation };
};

/** How the client's words reach the vendor. */
export type ExchangePlan =
  | { readonly tier: 'pass-through'; readonly format: PassThroughFormat }
  | { readonly tier: 'translate'; readonly client: TranslatedClient; readonly upstream: TranslatedUpstream };

export interface PlanOptions {
  readonly client: WireFormat;
  /** What the vendor speaks for this model and account, best first. */
  readonly upstreamFormats: readonly FormatId[];
  readonly registry: FormatRegistry;
}

/**
 * Bytes when nothing must change: if the vendor speaks the client's format they pass through, wherever it stands in the
 * vendor's list. Else the first of the vendor's formats for which both translations exist. Undefined = there is no way.
 */
export function planExchange({ client, upstreamFormats, registry }: PlanOptions): ExchangePlan | undefined {
  if (upstreamFormats.includes(client.id) && canPassThrough(client)) return { tier: 'pass-through', format: client };
  if (!isTranslatedClient(client)) return undefined;
  for (const id of upstreamFormats) {
    const upstream = registry.find(id);
    if (upstream !== undefined && isTranslatedUpstream(upstream)) return { tier: 'translate', client, upstream };
  }
  return undefined;
}

function canPassThrough(format: WireFormat): format is PassThroughFormat {
  return format.client !== undefined && format.upstream !== undefined && format.observe !== undefined;
}

function isTranslatedClient(format: WireFormat): format is TranslatedClient {
  return format.client?.translation !== undefined;
}

function isTranslatedUpstream(format: WireFormat): format is TranslatedUpstream {
  return format.upstream?.translation !== undefined;
}
