import type { Credential } from '@sluice/provider-kit';
import type { BedrockSettings } from './settings.js';

/**
 * The credential that the settings declare: an API key, or an access key of AWS. One of kind `aws` without a secret means
 * AWS's default chain.
 */
export function readCredential(settings: Readonly<Record<string, unknown>>): Credential {
  const { apiKey, accessKeyId, secretAccessKey, sessionToken } = settings as BedrockSettings; // checked by the schema
  if (apiKey !== undefined) return { kind: 'api-key', secret: apiKey };
  if (accessKeyId === undefined || secretAccessKey === undefined) return { kind: 'aws', secret: '' };
  const details = { accessKeyId, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { kind: 'aws', secret: secretAccessKey, details };
}
