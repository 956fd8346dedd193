import type { ProviderDescriptor } from '@sluice/provider-kit';
import type { Configuration } from '../configuration.js';
import { configurationSchema } from '../declaration/configuration-schema.js';
import { describeConfiguration } from '../declaration/describe-configuration.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';
import { checkAccess, findWarnings } from './check-access.js';
import { checkAccounts } from './check-accounts.js';
import { checkHeaderRules } from './check-header-rules.js';
import { checkPayloadRules, warnOfProtocols } from './check-payload-rules.js';
import { checkReferences } from './check-references.js';
import { describeIssue } from './describe-issue.js';
import { warnOfDeadEnds } from './warn-of-dead-ends.js';
import { warnOfIdleSettings } from './warn-of-idle-settings.js';
import { warnOfMasking } from './warn-of-masking.js';

export interface CheckOutcome {
  /** Undefined = something is wrong. */
  readonly configuration: Omit<Configuration, 'file'> | undefined;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Runs every check, whatever the others found, and completes the configuration with its defaults when all are content. */
export function checkConfiguration(tree: ConfigurationTree, providers: readonly ProviderDescriptor[]): CheckOutcome {
  const settings = describeConfiguration(providers);
  const parsed = configurationSchema.safeParse(tree.value);
  const issues = parsed.error?.issues ?? [];
  const accounts = checkAccounts({ tree, providers, settings });
  const findings = [
    ...issues.flatMap((issue) => describeIssue(issue, { schema: configurationSchema, base: [], tree, settings })),
    ...accounts.findings,
    ...checkReferences(tree),
    ...checkAccess(tree),
    ...checkPayloadRules(tree),
    ...checkHeaderRules(tree),
  ];
  if (!parsed.success || findings.length > 0) return { configuration: undefined, findings, warnings: [] };

  const withSettings = parsed.data.accounts.map((account, index) => ({
    ...account,
    settings: accounts.settings.get(index) ?? {},
  }));
  const warnings = [
    ...findWarnings(tree, parsed.data.server.host),
    ...warnOfProtocols(tree),
    ...warnOfMasking(tree),
    ...warnOfDeadEnds(tree),
    ...warnOfIdleSettings(tree),
  ];
  return { configuration: { ...parsed.data, accounts: withSettings }, findings, warnings };
}
