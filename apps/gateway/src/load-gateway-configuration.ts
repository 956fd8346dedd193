import {
  buildSnapshot,
  loadConfiguration,
  readBootConfiguration,
  type BootConfiguration,
  type ConfigurationProblem,
  type LoadOptions,
  type RuntimeSnapshot,
} from '@sluice/config';

/** The first snapshot of a process; 0 means that none has been loaded. */
const FIRST_REVISION = 1;

export type LoadedConfiguration =
  | {
      readonly ok: true;
      readonly boot: BootConfiguration;
      readonly snapshot: RuntimeSnapshot;
      readonly warnings: readonly ConfigurationProblem[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** Reads, checks and resolves a configuration. Never throws for what a user wrote. */
export async function loadGatewayConfiguration(options: LoadOptions): Promise<LoadedConfiguration> {
  const outcome = await loadConfiguration(options);
  if (!outcome.ok) return outcome;
  return {
    ok: true,
    boot: readBootConfiguration(outcome.configuration),
    snapshot: buildSnapshot(outcome.configuration, options.providers, FIRST_REVISION),
    warnings: outcome.warnings,
  };
}
