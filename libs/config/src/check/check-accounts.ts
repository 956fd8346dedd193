import type { ProviderDescriptor } from '@sluice/provider-kit';
import { COMMON_ACCOUNT_MEMBERS } from '../declaration/account-declaration.js';
import type { SettingDescription } from '../declaration/describe-configuration.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';
import type { Path } from '../path.js';
import { describeIssue } from './describe-issue.js';
import { explainUnknownMember } from './explain-unknown-member.js';
import { suggestNearest } from './nearest-name.js';

export type AccountSettings = Readonly<Record<string, unknown>>;

export interface AccountCheck {
  readonly findings: readonly Finding[];
  /** By position in `accounts`; only of accounts without findings. */
  readonly settings: ReadonlyMap<number, AccountSettings>;
}

export interface AccountCheckContext {
  readonly tree: ConfigurationTree;
  readonly providers: readonly ProviderDescriptor[];
  readonly settings: readonly SettingDescription[];
}

/** Checks what the common declaration cannot: that the provider exists, and the provider's own members. */
export function checkAccounts(context: AccountCheckContext): AccountCheck {
  const findings: Finding[] = [];
  const settings = new Map<number, AccountSettings>();
  const ids = context.providers.map(({ id }) => id);
  for (const { index, item } of context.tree.mappingsOf('accounts')) {
    const path = ['accounts', index];
    if (typeof item.provider !== 'string') continue; // the declaration says so
    const descriptor = context.providers.find(({ id }) => id === item.provider);
    if (descriptor === undefined) {
      const at = [...path, 'provider'];
      const message = `is ${context.tree.show(at)}, which is not a provider`;
      findings.push({ path: at, message, ...suggestNearest(item.provider, ids), allowed: ids.join(', ') });
      continue;
    }
    const outcome = checkProviderMembers(item, { ...context, path, descriptor });
    if (outcome.findings.length === 0) settings.set(index, outcome.settings);
    findings.push(...outcome.findings);
  }
  return { findings, settings };
}

interface MemberContext extends AccountCheckContext {
  readonly path: Path;
  readonly descriptor: ProviderDescriptor;
}

function checkProviderMembers(
  account: AccountSettings,
  context: MemberContext,
): { readonly findings: readonly Finding[]; readonly settings: AccountSettings } {
  const { descriptor, path } = context;
  const own = Object.entries(account).filter(([name]) => !COMMON_ACCOUNT_MEMBERS.includes(name));
  const isKnown = (name: string): boolean => Object.hasOwn(descriptor.settings.shape, name);
  const known = [...Object.keys(descriptor.settings.shape), ...COMMON_ACCOUNT_MEMBERS];
  const what = `a setting of ${descriptor.id} accounts`;
  const unknown = own
    .filter(([name]) => !isKnown(name))
    .map(([name]) => explainUnknownMember({ parent: path, name, known, settings: context.settings, what }));

  const members = Object.fromEntries(own.filter(([name]) => isKnown(name)));
  const parsed = descriptor.settings.safeParse(members);
  const issues = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) =>
        describeIssue(issue, { ...context, schema: descriptor.settings, base: path }),
      );
  return { findings: [...unknown, ...issues], settings: parsed.data ?? {} };
}
