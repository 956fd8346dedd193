import type { IncomingMessage } from 'node:http';
import { extractClientKeys, type Authenticator, type Principal } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import type { FormatId, JsonObject } from '@sluice/core';
import type { RouteResolver } from '@sluice/dispatch';
import { encodeAnthropicModelList, encodeOpenAiModelList, type ListedModel } from '@sluice/routing';
import { encodeGeminiModel } from './encode-gemini-models.js';
import { pageLimit, pageOfModels } from './page-of-models.js';
import { pathOf, queryOf } from './request-target.js';

export interface ModelDirectoryDependencies {
  readonly snapshots: SnapshotStore;
  readonly authenticator: Authenticator;
  readonly resolver: RouteResolver;
}

/** Tells which names resolve for a caller, in the words of the caller's format. */
export class ModelDirectory {
  constructor(private readonly dependencies: ModelDirectoryDependencies) {}

  /** @throws GatewayError `invalid_api_key`, `invalid_request` */
  async list(request: IncomingMessage, format: FormatId): Promise<JsonObject> {
    const { snapshots, resolver } = this.dependencies;
    const snapshot = snapshots.current;
    const principal = await this.#identify(request);
    const models = await resolver.list(snapshot, principal);
    const query = new URLSearchParams(queryOf(request));
    switch (format) {
      case 'anthropic-messages':
        return anthropicPage(models, query);
      case 'gemini':
        return geminiPage(models, query);
      default:
        return encodeOpenAiModelList(models);
    }
  }

  /** @throws GatewayError `invalid_api_key`, `model_not_found`, `permission_denied`, `no_account_available` */
  async find(request: IncomingMessage, format: FormatId, name: string): Promise<JsonObject> {
    const { snapshots, resolver } = this.dependencies;
    const snapshot = snapshots.current;
    const principal = await this.#identify(request);
    const listed = await resolver.list(snapshot, principal);
    const model = listed.find(({ id }) => id === name) ?? (await this.#unlisted(name, principal));
    switch (format) {
      case 'anthropic-messages':
        return onlyItem(encodeAnthropicModelList([model]));
      case 'gemini':
        return encodeGeminiModel(model);
      default:
        return onlyItem(encodeOpenAiModelList([model]));
    }
  }

  /** A name that resolves although it cannot be listed in advance: one that only a pattern accepts. */
  async #unlisted(name: string, principal: Principal): Promise<ListedModel> {
    const route = await this.dependencies.resolver.resolve(name, this.dependencies.snapshots.current, principal);
    const ownedBy = route.targets[0]?.candidates[0]?.declaration.account.provider ?? '';
    return { id: name, displayName: undefined, ownedBy, createdAt: undefined };
  }

  async #identify(request: IncomingMessage): Promise<Principal> {
    const { snapshots, authenticator } = this.dependencies;
    const keys = extractClientKeys(request.headers, queryOf(request), pathOf(request));
    return authenticator.authenticate(keys, snapshots.current);
  }
}

/** @see https://docs.anthropic.com/en/api/models-list */
function anthropicPage(models: readonly ListedModel[], query: URLSearchParams): JsonObject {
  const { models: page, hasMore } = pageOfModels(models, {
    limit: pageLimit(query, 'limit'),
    afterId: query.get('after_id') ?? undefined,
    beforeId: query.get('before_id') ?? undefined,
  });
  return { ...encodeAnthropicModelList(page), has_more: hasMore };
}

/** The token of a page is the name that the one before it ended with. @see https://ai.google.dev/api/models#method:-models.list */
function geminiPage(models: readonly ListedModel[], query: URLSearchParams): JsonObject {
  const { models: page, hasMore } = pageOfModels(models, {
    limit: pageLimit(query, 'pageSize'),
    afterId: query.get('pageToken') ?? undefined,
  });
  return {
    models: page.map(encodeGeminiModel),
    ...(hasMore && { nextPageToken: page.at(-1)?.id ?? '' }),
  };
}

function onlyItem({ data }: JsonObject): JsonObject {
  const [item] = data as readonly JsonObject[]; // the lists above hold what was given
  if (item === undefined) throw new TypeError('a list of one model is empty');
  return item;
}
