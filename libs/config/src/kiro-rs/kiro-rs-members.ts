import type { Path } from '../path.js';

/** Members of kiro-rs's `config.json` that an account has here: their name there, and here. */
export const ACCOUNT_MEMBERS: Readonly<Record<string, string>> = {
  region: 'region',
  authRegion: 'authRegion',
  apiRegion: 'apiRegion',
  kiroVersion: 'kiroVersion',
  nodeVersion: 'nodeVersion',
  systemVersion: 'systemVersion',
  machineId: 'machineId',
  thinkingSuffix: 'thinkingSuffix',
  thinkingFormat: 'thinkingFormat',
  maxRequestBodyBytes: 'maxRequestBodyBytes',
  defaultEndpoint: 'endpoint',
  extractThinking: 'reasoning',
};

/** Every member that means something here, and where its value ends up. */
export const PLACES: Readonly<Record<string, Path>> = {
  host: ['server', 'host'],
  port: ['server', 'port'],
  apiKey: ['apiKeys', 0, 'key'],
  adminApiKey: ['apiKeys', 1, 'key'],
  loadBalancingMode: ['routing', 'strategy'],
  countTokensApiUrl: ['tokenCounting', 'url'],
  countTokensApiKey: ['tokenCounting', 'apiKey'],
  countTokensAuthType: ['tokenCounting', 'authType'],
  proxyUrl: ['upstream', 'proxyUrl'],
  proxyUsername: ['upstream', 'proxyUrl'],
  proxyPassword: ['upstream', 'proxyUrl'],
  ...Object.fromEntries(Object.entries(ACCOUNT_MEMBERS).map(([there, here]) => [there, ['accounts', 0, here]])),
};

/** Says which TLS library is used; to name its default is no wish. */
export const TLS_MEMBER = 'tlsBackend';
export const DEFAULT_TLS = 'rustls';
