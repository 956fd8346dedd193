export { BootConfiguration, readBootConfiguration } from './boot-configuration.js';
export { buildSnapshot } from './build-snapshot.js';
export { compareConfigurations } from './changes/compare-configurations.js';
export type { ConfigurationChanges, ListChanges } from './changes/configuration-changes.js';
export { ConfigModule, type ConfigModuleOptions } from './config.module.js';
export type { AccountConfiguration, Configuration } from './configuration.js';
export {
  MAX_PATH_CHARACTERS,
  MAX_PATH_SEGMENTS,
  parsePayloadPath,
  type ParsedPath,
} from './payload-path/parse-payload-path.js';
export type {
  EverySegment,
  MemberSegment,
  PathScalar,
  PathSegment,
  PayloadPath,
  QuerySegment,
} from './payload-path/payload-path.js';
export { principalIdOfKey } from './principal-id-of-key.js';
export { LOG_LEVELS, type LogLevel } from './declaration/logging-section.js';
export { describeConfiguration, type SettingDescription } from './declaration/describe-configuration.js';
export { DEFAULT_ROUTING } from './declaration/default-routing.js';
export { PLACEHOLDER_HEAD } from './declaration/masked-words.js';
export type { SelectionStrategy } from './declaration/routing-section.js';
export type { ConfigurationFlags } from './declaration/setting.js';
export {
  CLIENT_KEY_VARIABLE,
  environmentAsYaml,
  type EnvironmentConfiguration,
} from './kiro-rs/environment-as-yaml.js';
export { kiroRsAsYaml } from './kiro-rs/kiro-rs-as-yaml.js';
export { loadConfiguration, type LoadOptions, type LoadOutcome } from './load-configuration.js';
export { formatProblem, type ConfigurationProblem } from './problem.js';
export type {
  AccountDeclaration,
  ApiKeyDeclaration,
  CircuitSettings,
  DeclarationOrigin,
  FetchMediaSettings,
  KeepAliveSettings,
  ModelAlias,
  RetryBudgetSettings,
  ResponseStoreSettings,
  RoutingSettings,
  RuntimeSettings,
  RuntimeSnapshot,
  TokenCountingSettings,
} from './runtime-snapshot.js';
export type {
  HeaderRule,
  MaskingSettings,
  PayloadFilterRule,
  PayloadModelTerm,
  PayloadRules,
  PayloadTerms,
  PayloadValueTerm,
  PayloadWrite,
  PayloadWriteRule,
  ProtocolTerm,
} from './shaping/shaping-settings.js';
export { SnapshotStore } from './snapshot-store.js';
export { readSettledFile } from './source/read-settled-file.js';
export { readTextFile, type ReadTextFile } from './source/read-text-file.js';
export type { ListenerCertificate } from './tls/listener-certificate.js';
export { FileWatch, LOOK_INTERVAL_MS, type FileWatchOptions } from './watch/file-watch.js';
