import type { CanonicalRequest, Clock, ContentBlock, Logger, MediaBlock, Message } from '@sluice/core';
import type { FetchMediaSettings } from '@sluice/config';
import { FetchError, type GuardedFetch } from '@sluice/provider-kit';
import type { Cancellation } from '@sluice/streaming';
import type { UpstreamTranslation } from '@sluice/translator-kit';
import { fetchedMediaType } from './fetched-media-type.js';
import { MediaCache } from './media-cache.js';

/** Addresses of one request that are fetched; what comes behind them is told in words. */
export const MAX_FETCHED_MEDIA = 20;
/** All that is fetched for one request, in bytes. */
export const MAX_FETCHED_BYTES = 33_554_432;
/** Fetched for one request at the same time: no more than so many bodies are held beyond `MAX_FETCHED_BYTES`. */
export const MAX_FETCHES_AT_ONCE = 4;

export interface InlineMediaDependencies {
  readonly fetcher: Pick<GuardedFetch, 'fetch'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Whose request it is, and how it may be completed. */
export interface InlineMediaOptions {
  readonly translation: Pick<UpstreamTranslation, 'needsBytes'>;
  /** Undefined = nothing is fetched. */
  readonly settings: FetchMediaSettings | undefined;
  readonly cancellation: Cancellation;
  readonly requestId: string;
}

/**
 * Fetches images and documents that a request names by address, for vendors that take bytes only. What cannot be fetched, or is
 * something else, keeps its address, which the vendor's format tells in words: the client learns nothing of why.
 */
export class InlineMedia {
  #cache = new MediaCache();
  /** What the cache was filled under. */
  #settings: FetchMediaSettings | undefined;

  constructor(private readonly dependencies: InlineMediaDependencies) {}

  /** The request itself where nothing has to be fetched. Rejects only with what it was cancelled with. */
  inline(request: CanonicalRequest, options: InlineMediaOptions): CanonicalRequest | Promise<CanonicalRequest> {
    const { translation, settings } = options;
    if (translation.needsBytes === undefined || settings === undefined) return request;
    const wanted = mediaOf(request.messages).filter(
      (block) => block.source.kind === 'url' && translation.needsBytes?.(block) === true,
    );
    this.#follow(settings);
    return wanted.length === 0 ? request : this.#replaceAll(request, wanted, { ...options, settings });
  }

  /** What was fetched under other settings may be of a host that is not allowed any more, or too large. */
  #follow(settings: FetchMediaSettings): void {
    if (settings === this.#settings) return;
    if (this.#settings !== undefined) this.#cache = new MediaCache();
    this.#settings = settings;
  }

  async #replaceAll(
    request: CanonicalRequest,
    wanted: readonly MediaBlock[],
    options: FetchingOptions,
  ): Promise<CanonicalRequest> {
    const urls = [...new Set(wanted.map(({ source }) => source.value))].slice(0, MAX_FETCHED_MEDIA);
    const found = await this.#fetchAll(urls, options);
    const replaced = new Map(wanted.map((block) => [block, this.#inlined(block, found, options)]));
    return { ...request, messages: request.messages.map((message) => withMedia(message, replaced)) };
  }

  /** A few after the other, in order: which of them are too much is the same with every turn of a conversation. */
  async #fetchAll(urls: readonly string[], options: FetchingOptions): Promise<ReadonlyMap<string, CachedBody>> {
    const found = new Map<string, CachedBody>();
    let bytes = 0;
    for (let at = 0; at < urls.length && bytes < MAX_FETCHED_BYTES; at += MAX_FETCHES_AT_ONCE) {
      const next = urls.slice(at, at + MAX_FETCHES_AT_ONCE);
      const bodies = await Promise.all(next.map((url) => this.#fetch(url, options)));
      for (const [index, body] of bodies.entries()) {
        const url = next[index];
        if (body === undefined || url === undefined || bytes + body.bytes.length > MAX_FETCHED_BYTES) continue;
        bytes += body.bytes.length;
        found.set(url, body);
      }
    }
    return found;
  }

  async #fetch(url: string, { settings, cancellation, requestId }: FetchingOptions): Promise<CachedBody | undefined> {
    const { fetcher, clock, logger } = this.dependencies;
    const cache = this.#cache;
    const known = cache.find(url, clock.now());
    if (known !== undefined) return known;
    try {
      const body = await fetcher.fetch(url, settings, cancellation);
      cache.keep(url, body, clock.now()); // of the settings that it was fetched under
      return body;
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      const { flaw, message } = error;
      logger.info('an image or document was not fetched', { requestId, host: hostOf(url), flaw, message });
      return undefined;
    }
  }

  #inlined(block: MediaBlock, found: ReadonlyMap<string, CachedBody>, { requestId }: FetchingOptions): MediaBlock {
    const url = block.source.value;
    const body = found.get(url);
    if (body === undefined) return block;
    const mediaType = fetchedMediaType(block.type, body);
    if (mediaType !== undefined) {
      return { ...block, mediaType, source: { kind: 'base64', value: body.bytes.toString('base64') } };
    }
    const { contentType } = body;
    const what = { requestId, host: hostOf(url), contentType };
    this.dependencies.logger.info(`what was fetched is no ${block.type}`, what);
    return block;
  }
}

type FetchingOptions = InlineMediaOptions & { readonly settings: FetchMediaSettings };
type CachedBody = NonNullable<ReturnType<MediaCache['find']>>;

function mediaOf(messages: readonly Message[]): readonly MediaBlock[] {
  return messages.flatMap(({ content }) => mediaIn(content));
}

function mediaIn(content: readonly ContentBlock[]): readonly MediaBlock[] {
  return content.flatMap((block) => {
    if (block.type === 'tool-result') return mediaIn(block.content);
    return isMedia(block) ? [block] : [];
  });
}

function isMedia(block: ContentBlock): block is MediaBlock {
  return block.type === 'image' || block.type === 'document' || block.type === 'audio';
}

/** The same message where nothing of it is replaced. */
function withMedia<Node extends { readonly content: readonly ContentBlock[] }>(
  node: Node,
  replaced: ReadonlyMap<ContentBlock, MediaBlock>,
): Node {
  const content = node.content.map((block) =>
    block.type === 'tool-result' ? withMedia(block, replaced) : (replaced.get(block) ?? block),
  );
  return content.every((block, index) => block === node.content[index]) ? node : { ...node, content };
}

/** An address may hold what only its owner should know. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'no address';
}
