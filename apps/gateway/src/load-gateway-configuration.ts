import {
  buildSnapshot,
  loadConfiguration,
  readBootConfiguration,
  type BootConfiguration,
  type Configuration,
  type ConfigurationProblem,
  type ListenerCertificate,
  type LoadOptions,
  type RuntimeSnapshot,
} from '@sluice/config';
import type { SourceFile } from '@sluice/provider-kit';

/** The first snapshot of a process; 0 means that none has been loaded. Later ones are counted when they come into force. */
const FIRST_REVISION = 1;

/** A configuration that can be put in force. */
export interface ValidConfiguration {
  readonly ok: true;
  readonly configuration: Configuration;
  readonly boot: BootConfiguration;
  readonly snapshot: RuntimeSnapshot;
  /** Undefined = the listener speaks plain HTTP. */
  readonly certificate: ListenerCertificate | undefined;
  readonly warnings: readonly ConfigurationProblem[];
  /** Everything that was read for it. */
  readonly files: readonly SourceFile[];
}

/** A configuration that nobody may use. */
export interface InvalidConfiguration {
  readonly ok: false;
  readonly problems: readonly ConfigurationProblem[];
  readonly files: readonly SourceFile[];
}

export type LoadedConfiguration = ValidConfiguration | InvalidConfiguration;

/** Reads, checks and resolves a configuration. Never throws for what a user wrote. */
export async function loadGatewayConfiguration(options: LoadOptions): Promise<LoadedConfiguration> {
  const outcome = await loadConfiguration(options);
  if (!outcome.ok) return outcome;
  return {
    ...outcome,
    boot: readBootConfiguration(outcome.configuration),
    snapshot: buildSnapshot(outcome.configuration, options.providers, FIRST_REVISION),
  };
}
