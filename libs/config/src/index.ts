export { BootConfiguration, readBootConfiguration } from './boot-configuration.js';
export { buildSnapshot } from './build-snapshot.js';
export { ConfigModule, type ConfigModuleOptions } from './config.module.js';
export type { AccountConfiguration, Configuration } from './configuration.js';
export { principalIdOfKey } from './principal-id-of-key.js';
export { LOG_LEVELS, type LogLevel } from './declaration/configuration-schema.js';
export { describeConfiguration, type SettingDescription } from './declaration/describe-configuration.js';
export { DEFAULT_ROUTING } from './declaration/default-routing.js';
export type { SelectionStrategy } from './declaration/routing-section.js';
export type { ConfigurationFlags } from './declaration/setting.js';
export { kiroRsAsYaml } from './kiro-rs/kiro-rs-as-yaml.js';
export { loadConfiguration, type LoadOptions, type LoadOutcome } from './load-configuration.js';
export { formatProblem, type ConfigurationProblem } from './problem.js';
export type {
  AccountDeclaration,
  ApiKeyDeclaration,
  CircuitSettings,
  DeclarationOrigin,
  ModelAlias,
  RetryBudgetSettings,
  RoutingSettings,
  RuntimeSettings,
  RuntimeSnapshot,
  TokenCountingSettings,
} from './runtime-snapshot.js';
export { SnapshotStore } from './snapshot-store.js';
export { readTextFile, type ReadTextFile } from './source/read-text-file.js';
