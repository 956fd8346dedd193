import type { FormatId } from '@sluice/core';
import type { EmbeddingClientTranslation, EmbeddingUpstreamTranslation } from './embeddings.js';
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

/** A format in which clients ask for embeddings of any vendor. */
export type EmbeddingClient = WireFormat & {
  readonly client: ClientSide & { readonly embeddings: EmbeddingClientTranslation };
};

/** A format in which a vendor gives embeddings to any client. */
export type EmbeddingUpstream = WireFormat & {
  readonly upstream: UpstreamSide & { readonly embeddings: EmbeddingUpstreamTranslation };
};

/** How the client's words reach the vendor. */
export type ExchangePlan =
  | { readonly tier: 'pass-through'; readonly format: PassThroughFormat }
  | { readonly tier: 'translate'; readonly client: TranslatedClient; readonly upstream: TranslatedUpstream }
  | { readonly tier: 'embed'; readonly client: EmbeddingClient; readonly upstream: EmbeddingUpstream };

export interface PlanOptions {
  readonly client: WireFormat;
  /** What the vendor speaks for this model and account, best first. */
  readonly upstreamFormats: readonly FormatId[];
  readonly registry: FormatRegistry;
  /** Asked before the client's request is passed through. Default: it may be. */
  readonly mayPass?: (upstream: UpstreamSide) => boolean;
}

/**
 * Bytes when nothing must change: if the vendor speaks the client's format they pass through, wherever it stands in the
 * vendor's list, unless the request holds what this vendor refuses. Else the first of the vendor's formats for which both translations exist, of embeddings for a client that asks for
 * embeddings. Undefined = there is no way.
 */
export function planExchange({ client, upstreamFormats, registry, mayPass }: PlanOptions): ExchangePlan | undefined {
  if (upstreamFormats.includes(client.id) && canPassThrough(client) && (mayPass?.(client.upstream) ?? true)) {
    return { tier: 'pass-through', format: client };
  }
  const isForEmbeddings = isEmbeddingClient(client);
  if (!isForEmbeddings && !isTranslatedClient(client)) return undefined;
  for (const id of upstreamFormats) {
    const upstream = registry.find(id);
    if (upstream === undefined) continue;
    if (isForEmbeddings) {
      if (isEmbeddingUpstream(upstream)) return { tier: 'embed', client, upstream };
    } else if (isTranslatedUpstream(upstream)) return { tier: 'translate', client, upstream };
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

function isEmbeddingClient(format: WireFormat): format is EmbeddingClient {
  return format.client?.embeddings !== undefined;
}

function isEmbeddingUpstream(format: WireFormat): format is EmbeddingUpstream {
  return format.upstream?.embeddings !== undefined;
}
