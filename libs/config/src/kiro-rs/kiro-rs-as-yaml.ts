import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { isMapping } from '../path.js';
import { parseConfigurationText } from '../source/parse-document.js';
import { isKiroRs } from './is-kiro-rs.js';
import { translateKiroRs } from './translate-kiro-rs.js';

/** The file of logins that kiro-rs reads where nobody says otherwise. */
export const KIRO_RS_CREDENTIALS = 'credentials.json';

/**
 * A `config.json` of kiro-rs as the `sluice.yaml` that does the same. Secrets are left out: variables stand in their places.
 * @param credentialsFile default: `credentials.json` in the working directory
 * @returns undefined = the text is something else
 */
export function kiroRsAsYaml(text: string, credentialsFile = KIRO_RS_CREDENTIALS): string | undefined {
  const parsed = parseConfigurationText(text);
  if (!parsed.ok || !isKiroRs(parsed.document.value)) return undefined;
  const present = Object.entries(parsed.document.value).filter(([, member]) => member !== null);
  const { value } = translateKiroRs(Object.fromEntries(present), resolve(credentialsFile));
  return stringify(withoutSecrets(value), { lineWidth: 0 });
}

function withoutSecrets(value: Readonly<Record<string, unknown>>): unknown {
  const { apiKeys, upstream, tokenCounting } = value;
  const variables = ['${SLUICE_KEY}', '${SLUICE_ADMIN_KEY}'];
  const keys = Array.isArray(apiKeys) ? apiKeys.map((key, index) => ({ ...key, key: variables[index] })) : apiKeys;
  return {
    ...value,
    apiKeys: keys,
    ...(isMapping(upstream) ? { upstream: { proxyUrl: '${SLUICE_PROXY_URL}' } } : {}),
    ...(isMapping(tokenCounting) && tokenCounting['apiKey'] !== undefined
      ? { tokenCounting: { ...tokenCounting, apiKey: '${SLUICE_COUNT_TOKENS_KEY}' } }
      : {}),
  };
}
