import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { GoogleGenAI } from '@google/genai';
import { CLIENT_KEY } from '../harness/test-configuration.js';

/** Google's SDK without its retries. */
export function googleClient(url: string, apiKey = CLIENT_KEY): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url, fetch, retryOptions: { attempts: 1 } } });
}

/** AWS's SDK with an API key and without its retries. */
export function bedrockClient(endpoint: string, token = CLIENT_KEY): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    token: { token },
    authSchemePreference: ['httpBearerAuth'],
    maxAttempts: 1,
  });
}
