import type { Account, Credential } from '@sluice/provider-kit';
import { GITHUB_HOST, settingsOf, type CopilotSettings } from './settings.js';

const DEFAULT_API = 'https://api.githubcopilot.com';
const PLAN_APIS: ReadonlyMap<string, string> = new Map([
  ['business', 'https://api.business.githubcopilot.com'],
  ['enterprise', 'https://api.enterprise.githubcopilot.com'],
]);
/** The vendor's own hosts. */
const COPILOT_DOMAIN = 'githubcopilot.com';

/** Where people confirm a login. */
export function loginBase({ endpoints, githubHost = GITHUB_HOST }: Partial<CopilotSettings>): string {
  return endpoints?.login ?? `https://${githubHost}`;
}

/** Where GitHub is asked about the account. */
export function githubApiBase({ endpoints, githubHost = GITHUB_HOST }: Partial<CopilotSettings>): string {
  return endpoints?.api ?? `https://api.${githubHost}`;
}

/** Where Copilot is asked: the operator's word, else what GitHub told with the token, else by plan and host. */
export function copilotBase(account: Account, { details }: Credential): string {
  const { baseUrl, githubHost = GITHUB_HOST } = settingsOf(account);
  return baseUrl ?? details?.['apiBaseUrl'] ?? defaultBase(githubHost, details?.['plan']);
}

/**
 * Whether calls may be sent to an address that GitHub names: its own hosts, and those of the company's tenant. Anything else
 * would hand the account's token, and every request, to whoever wrote the answer.
 */
export function isTrustedBase(address: string, { githubHost = GITHUB_HOST }: Partial<CopilotSettings>): boolean {
  // a path is put behind it as text, so it must not only read like an address, but be written like one
  if (!URL.canParse(address) || !address.startsWith('https://')) return false;
  const { hostname, port, username, password, search, hash } = new URL(address);
  if ([port, username, password, search, hash].some((part) => part !== '')) return false;
  const domains = githubHost === GITHUB_HOST ? [COPILOT_DOMAIN] : [COPILOT_DOMAIN, githubHost.toLowerCase()];
  return domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

function defaultBase(githubHost: string, plan: string | undefined): string {
  if (githubHost !== GITHUB_HOST) return `https://copilot-api.${githubHost}`;
  return PLAN_APIS.get(plan ?? '') ?? DEFAULT_API;
}
