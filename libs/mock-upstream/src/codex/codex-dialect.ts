import { isJsonObject, type JsonObject } from '@sluice/core';
import type { MockRequest } from '../mock-request.js';
import { readResponsesRequest } from '../openai-responses/read-responses-request.js';
import { RESPONSES_DIALECT } from '../openai-responses/responses-dialect.js';
import { RequestRefusal, type VendorDialect } from '../vendor-dialect.js';

const PATH = '/backend-api/codex/responses';

/** Members that the real one does not know. */
const UNKNOWN = [
  'max_output_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'truncation',
  'user',
  'metadata',
  'prompt_cache_retention',
  'prompt_cache_options',
  'safety_identifier',
  'stream_options',
  'previous_response_id',
  'context_management',
];

/** The Responses back end of ChatGPT plans: streams only, stores nothing, and refuses much of what the API takes. */
export const CODEX_DIALECT: VendorDialect = {
  ...RESPONSES_DIALECT,
  name: 'codex',
  endpoint: ({ method, path }) => (method === 'POST' && path === PATH ? 'inference' : undefined),
  claims: ({ path }) => path === PATH,
  readRequest: (body, request) => {
    assertAllowed(body, request);
    return readResponsesRequest(body);
  },
};

function assertAllowed(body: JsonObject, { headers }: MockRequest): void {
  const problem = problemOf(body) ?? itemProblemOf(body['input']);
  if (problem !== undefined) throw new RequestRefusal(problem);
  if (headers['chatgpt-account-id'] === undefined) throw new RequestRefusal('No ChatGPT account is named');
}

function problemOf(body: JsonObject): string | undefined {
  const unknown = UNKNOWN.find((name) => body[name] !== undefined);
  if (unknown !== undefined) return `Unsupported parameter: ${unknown}`;
  if (body['stream'] !== true) return 'Stream must be set to true';
  if (body['store'] !== false) return 'Store must be set to false';
  if (typeof body['instructions'] !== 'string') return 'Instructions are required';
  if (body['service_tier'] !== undefined && body['service_tier'] !== 'priority') return 'Unsupported service_tier';
  return Array.isArray(body['input']) ? undefined : 'Input must be a list';
}

function itemProblemOf(input: unknown): string | undefined {
  const items = Array.isArray(input) ? input.filter(isJsonObject) : [];
  if (items.some(({ role }) => role === 'system')) return 'System messages are not allowed';
  return items.some(({ type, id }) => type === 'message' && id !== undefined) ? 'Item not found' : undefined;
}
