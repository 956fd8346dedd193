import { dirname } from 'node:path';
import { sourceFilesOf, type ExpandedAccount, type ProviderDescriptor, type SourceFile } from '@sluice/provider-kit';
import type { AccountConfiguration, Configuration } from '../configuration.js';
import type { Finding } from '../source/finding.js';

export interface ExpandedConfiguration {
  readonly accounts: readonly AccountConfiguration[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** What the providers read for it. */
  readonly files: readonly SourceFile[];
}

/**
 * Puts the accounts that a declared one stands for in its place. Their ids begin with the declared one; so that it still
 * names all of them in front of a model, it becomes their prefix where there is none. What is wrong with the logins of an account
 * that is switched off is nobody's trouble.
 */
export async function expandAccounts(
  configuration: Omit<Configuration, 'file'>,
  file: string | undefined,
  providers: readonly ProviderDescriptor[],
): Promise<ExpandedConfiguration> {
  const folder = dirname(file ?? '.env');
  const expanded = await Promise.all(
    configuration.accounts.map((account, index) => expandOne({ account, index, folder, providers })),
  );
  return {
    accounts: expanded.flatMap(({ accounts }) => accounts),
    findings: expanded.flatMap(({ findings }) => findings),
    warnings: expanded.flatMap(({ warnings }) => warnings),
    files: expanded.flatMap(({ files }) => files),
  };
}

interface Place {
  readonly account: AccountConfiguration;
  readonly index: number;
  readonly folder: string;
  readonly providers: readonly ProviderDescriptor[];
}

async function expandOne({ account, index, folder, providers }: Place): Promise<ExpandedConfiguration> {
  const path = ['accounts', index];
  const descriptor = providers.find(({ id }) => id === account.provider);
  try {
    const expansion = await descriptor?.expandAccount?.(account.settings, folder);
    if (expansion === undefined) return { accounts: [account], findings: [], warnings: [], files: [] };
    return {
      accounts: expansion.accounts.map((one) => merge(account, one)),
      findings: [],
      warnings: account.enabled ? expansion.warnings.map((warning) => ({ path, message: asClause(warning) })) : [],
      files: expansion.files ?? [],
    };
  } catch (error) {
    const files = sourceFilesOf(error);
    if (!account.enabled) return { accounts: [account], findings: [], warnings: [], files };
    const message = asClause(error instanceof Error ? error.message : String(error));
    return { accounts: [], findings: [{ path, message }], warnings: [], files };
  }
}

function merge(account: AccountConfiguration, one: ExpandedAccount): AccountConfiguration {
  const { suffix, settings, isDisabled = false, priority = 0, proxyUrl = account.proxyUrl } = one;
  return {
    ...account,
    id: account.id + suffix,
    settings,
    enabled: account.enabled && !isDisabled,
    priority: account.priority + priority,
    proxyUrl,
    prefix: suffix === '' ? account.prefix : (account.prefix ?? account.id),
  };
}

/** A problem's message continues a sentence that begins with the path, and its full stop is set later. */
function asClause(sentence: string): string {
  return `reads ${sentence.replace(/\.$/, '')}`;
}
