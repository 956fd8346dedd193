import { resolve } from 'node:path';
import type { ProviderDescriptor, SourceFile } from '@sluice/provider-kit';
import { checkConfiguration } from './check/check-configuration.js';
import { dropEchoes } from './check/drop-echoes.js';
import type { Configuration } from './configuration.js';
import { describeConfiguration } from './declaration/describe-configuration.js';
import type { ConfigurationFlags } from './declaration/setting.js';
import { deepFreeze } from './deep-freeze.js';
import { expandAccounts } from './expand/expand-accounts.js';
import { isKiroRs } from './kiro-rs/is-kiro-rs.js';
import { KIRO_RS_CREDENTIALS } from './kiro-rs/kiro-rs-as-yaml.js';
import { translateKiroRs } from './kiro-rs/translate-kiro-rs.js';
import type { ConfigurationProblem } from './problem.js';
import { collectOverrides } from './source/collect-overrides.js';
import { ConfigurationTree } from './source/configuration-tree.js';
import { readEnvironment } from './source/environment.js';
import { expandVariables } from './source/expand-variables.js';
import type { Finding } from './source/finding.js';
import { EMPTY_DOCUMENT, parseConfigurationText, type ParseOutcome } from './source/parse-document.js';
import { readSources } from './source/read-sources.js';
import { readTextFile, type ReadTextFile } from './source/read-text-file.js';
import { RecordedReads } from './source/recorded-reads.js';
import type { ListenerCertificate } from './tls/listener-certificate.js';
import { readListenerCertificate, type ReadCertificate } from './tls/read-listener-certificate.js';
import { readUpstreamTls } from './tls/read-upstream-tls.js';

export interface LoadOptions {
  /** From the command line; absent = `SLUICE_CONFIG`, else there is no file. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags?: ConfigurationFlags;
  readonly providers: readonly ProviderDescriptor[];
  /** The logins that belong to a `config.json` of kiro-rs; default: `credentials.json` in the working directory. */
  readonly credentialsFile?: string | undefined;
  /** Default: the file system. Each file is read once. */
  readonly readFile?: ReadTextFile;
}

export type LoadOutcome = (
  | {
      readonly ok: true;
      readonly configuration: Configuration;
      /** What the listener shows over TLS; undefined = it speaks plain HTTP. */
      readonly certificate: ListenerCertificate | undefined;
      readonly warnings: readonly ConfigurationProblem[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] }
) & {
  /** Everything that was read, or was looked for, and what stood in it. */
  readonly files: readonly SourceFile[];
};

/** What stands for the file in problems when there is none. */
const NO_FILE = '(no configuration file)';

const NO_CERTIFICATE: ReadCertificate = { findings: [] };

const NOT_KIRO_RS: ConfigurationProblem = {
  file: 'command line',
  path: '--credentials',
  message: 'belongs to a config.json of kiro-rs, and there is none',
  fix: 'In a configuration of ours an account of the provider kiro names the file as its credentialsFile.',
};

/**
 * Reads and checks the configuration: flag > environment > `.env` beside the file > file > default.
 * Everything that is wrong is reported at once, in the order of the file. Never throws for what a user wrote.
 */
export async function loadConfiguration(options: LoadOptions): Promise<LoadOutcome> {
  const reads = new RecordedReads(options.readFile ?? readTextFile);
  const outcome = await load(options, reads);
  return { ...outcome, files: reads.files };
}

type Loaded = LoadOutcome extends infer Outcome ? (Outcome extends unknown ? Omit<Outcome, 'files'> : never) : never;

async function load(options: LoadOptions, reads: RecordedReads): Promise<Loaded> {
  const { env, flags = {}, providers } = options;
  const file = options.file ?? (env.SLUICE_CONFIG || undefined);
  const sources = await readSources(file, reads.read);
  if (sources.problems.length > 0) return { ok: false, problems: sources.problems };

  const label = file ?? NO_FILE;
  const parsed: ParseOutcome =
    sources.text === undefined ? { ok: true, document: EMPTY_DOCUMENT } : parseConfigurationText(sources.text);
  if (!parsed.ok) {
    return { ok: false, problems: parsed.errors.map((error) => ({ file: label, path: '', ...error })) };
  }

  const environment = readEnvironment({ environment: env, dotEnv: sources.dotEnv });
  const { value, expanded, findings: unexpanded } = expandVariables(parsed.document.value, environment.values);
  const { credentialsFile } = options;
  const foreign = isKiroRs(value) ? translateKiroRs(value, resolve(credentialsFile ?? KIRO_RS_CREDENTIALS)) : undefined;
  if (foreign === undefined && credentialsFile !== undefined) return { ok: false, problems: [NOT_KIRO_RS] };
  const overrides = collectOverrides(describeConfiguration([]), environment, flags);
  const tree = new ConfigurationTree({
    file: label,
    document: parsed.document,
    value,
    expanded,
    overrides,
    ...foreign,
  });
  const toProblems = (findings: readonly Finding[]): ConfigurationProblem[] =>
    dropEchoes(findings)
      .map((finding) => tree.toProblem(finding))
      .sort(byPosition);

  const { configuration, findings, warnings } = checkConfiguration(tree, providers);
  const problems = toProblems([...unexpanded, ...(foreign?.findings ?? []), ...findings]);
  if (configuration === undefined || problems.length > 0) return { ok: false, problems };
  const { tls } = configuration.server;
  const upstreamTls = await readUpstreamTls(configuration, file, reads.read);
  const [all, { certificate, findings: tlsFindings }] = await Promise.all([
    expandAccounts({ ...configuration, accounts: upstreamTls.accounts }, file, providers),
    tls === undefined ? NO_CERTIFICATE : readListenerCertificate(tls, file, reads.read),
  ]);
  for (const read of all.files) reads.add(read);
  const unusable = [...tlsFindings, ...upstreamTls.findings, ...all.findings];
  if (unusable.length > 0) return { ok: false, problems: toProblems(unusable) };
  return {
    ok: true,
    configuration: deepFreeze({ ...configuration, accounts: all.accounts, file }),
    certificate,
    warnings: toProblems([...(foreign?.warnings ?? []), ...warnings, ...upstreamTls.warnings, ...all.warnings]),
  };
}

function byPosition(left: ConfigurationProblem, right: ConfigurationProblem): number {
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}
