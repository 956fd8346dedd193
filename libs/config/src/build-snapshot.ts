import type { ProviderDescriptor, Transport } from '@sluice/provider-kit';
import type { AccountConfiguration, Configuration } from './configuration.js';
import { deepFreeze } from './deep-freeze.js';
import { principalIdOfKey } from './principal-id-of-key.js';
import { readHeaderRules, splitCopies } from './shaping/read-header-rules.js';
import { readMasking } from './shaping/read-masking.js';
import { readPayloadRules } from './shaping/read-payload-rules.js';
import type { AccountDeclaration, ModelAlias, RuntimeSettings, RuntimeSnapshot } from './runtime-snapshot.js';

/**
 * Turns a checked configuration into what requests hold on to. Pure.
 * @param providers the ones the configuration was loaded with
 * @throws Error when an account's provider is not among them
 */
export function buildSnapshot(
  configuration: Configuration,
  providers: readonly ProviderDescriptor[],
  revision: number,
): RuntimeSnapshot {
  const descriptors = new Map(providers.map((descriptor) => [descriptor.id, descriptor]));
  return deepFreeze({
    revision,
    accounts: configuration.accounts.map((account) => {
      const descriptor = descriptors.get(account.provider);
      if (descriptor === undefined)
        throw new Error(`buildSnapshot got no descriptor of the provider ${account.provider}.`);
      return declareAccount(account, descriptor, configuration.upstream);
    }),
    models: configuration.models.map(declareAlias),
    apiKeys: configuration.apiKeys.map((key) => ({ ...key, models: key.models })),
    settings: readSettings(configuration),
  });
}

function declareAccount(
  account: AccountConfiguration,
  descriptor: ProviderDescriptor,
  upstream: Configuration['upstream'],
): AccountDeclaration {
  const { id, provider, settings } = account;
  const { set: headers, copy: copiedHeaders } = splitCopies(account.headers);
  return {
    account: { id, provider, settings, headers, transport: resolveTransport(account, upstream) },
    credential: descriptor.readCredential?.(settings),
    enabled: account.enabled,
    models: account.models,
    excludeModels: account.excludeModels,
    prefix: account.prefix,
    priority: account.priority,
    weight: account.weight,
    maxConcurrency: account.maxConcurrency,
    cooldownEnabled: account.cooldown.enabled,
    origin: 'file',
    ...(account.maskedWords.length > 0 && { maskedWords: account.maskedWords }),
    ...(Object.keys(copiedHeaders).length > 0 && { copiedHeaders }),
    ...(account.owner !== undefined && { owner: principalIdOfKey(account.owner) }),
  };
}

/** One weighted target makes a split of all of them. */
function declareAlias({ alias, targets, strategy, sessionAffinity }: Configuration['models'][number]): ModelAlias {
  const isSplit = targets.some((target) => typeof target !== 'string');
  return {
    alias,
    targets: targets.map((target) => (typeof target === 'string' ? target : target.target)),
    ...(isSplit && { weights: targets.map((target) => (typeof target === 'string' ? 1 : target.weight)) }),
    ...(strategy !== undefined && { strategy }),
    ...(sessionAffinity !== undefined && { sessionAffinity }),
  };
}

/** The account's own word, else everybody's. `direct` stays: it says that no proxy is meant. */
function resolveTransport(account: AccountConfiguration, upstream: Configuration['upstream']): Transport {
  const proxyUrl = account.proxyUrl ?? upstream.proxyUrl;
  const { connectMs, firstByteMs, idleMs, totalMs = upstream.timeouts.totalMs } = account.timeouts;
  const { upstreamTls: tls } = account;
  return {
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    timeouts: {
      connectMs: connectMs ?? upstream.timeouts.connectMs,
      firstByteMs: firstByteMs ?? upstream.timeouts.firstByteMs,
      idleMs: idleMs ?? upstream.timeouts.idleMs,
      ...(totalMs > 0 && { totalMs }),
    },
    ...(tls !== undefined && { tls }),
  };
}

function readSettings(configuration: Configuration): RuntimeSettings {
  const { server, retry, routing, echoModel, metrics, tokenCounting, responses } = configuration;
  const { url } = tokenCounting;
  const { enabled: isFetching, ...fetchMedia } = configuration.upstream.fetchMedia;
  const { enabled: isStoring, ...store } = responses.store;
  const payloadRules = readPayloadRules(configuration.payloadRules);
  const headerRules = readHeaderRules(configuration.headerRules);
  const masking = readMasking(configuration);
  return {
    allowUnauthenticated: server.allowUnauthenticated,
    maxBodyBytes: server.maxBodyBytes,
    bodyTimeoutMs: server.bodyTimeoutMs,
    keepAlive: server.keepAlive,
    corsOrigins: server.cors.origins,
    trustedProxies: server.trustedProxies,
    retry,
    routing,
    echoModel,
    forwardAdminPaths: server.forwardAdminPaths,
    metricsPublic: metrics.public,
    ...(payloadRules !== undefined && { payloadRules }),
    ...(headerRules !== undefined && { headerRules }),
    ...(masking !== undefined && { masking }),
    tokenCounting: url === undefined ? undefined : { ...tokenCounting, url },
    fetchMedia: isFetching ? fetchMedia : undefined,
    responseStore: isStoring ? store : undefined,
  };
}
