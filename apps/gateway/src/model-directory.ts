import type { IncomingMessage } from 'node:http';
import { extractClientKeys, type Authenticator } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import type { RouteResolver } from '@sluice/dispatch';
import { encodeAnthropicModelList, encodeOpenAiModelList } from '@sluice/routing';

export interface ModelDirectoryDependencies {
  readonly snapshots: SnapshotStore;
  readonly authenticator: Authenticator;
  readonly resolver: RouteResolver;
}

/** Lists the names that resolve for a caller, in the words of the caller's format. */
export class ModelDirectory {
  constructor(private readonly dependencies: ModelDirectoryDependencies) {}

  /** @throws GatewayError `invalid_api_key` */
  async list(request: IncomingMessage, format: 'openai-chat' | 'anthropic-messages'): Promise<unknown> {
    const { snapshots, authenticator, resolver } = this.dependencies;
    const snapshot = snapshots.current;
    const url = request.url ?? '';
    const keys = extractClientKeys(request.headers, url.slice(url.indexOf('?') + 1), '/v1/models');
    const principal = await authenticator.authenticate(keys, snapshot);
    const models = await resolver.list(snapshot, principal);
    return format === 'anthropic-messages' ? encodeAnthropicModelList(models) : encodeOpenAiModelList(models);
  }
}
