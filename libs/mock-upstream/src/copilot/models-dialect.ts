import type { JsonObject } from '@sluice/core';
import { OPENAI_DIALECT } from '../openai/openai-dialect.js';
import type { VendorDialect } from '../vendor-dialect.js';
import { isForCopilot } from './is-for-copilot.js';

const MODELS_PATH = '/models';

/** The list of an account's models: which endpoints each has, and what it can. */
export const COPILOT_MODELS_DIALECT: VendorDialect = {
  ...OPENAI_DIALECT,
  name: 'copilot-models',
  endpoint: (request) =>
    request.method === 'GET' && request.path === MODELS_PATH && isForCopilot(request) ? 'models' : undefined,
  claims: (request) => request.path === MODELS_PATH && isForCopilot(request),
  renderModels: (ids) => JSON.stringify({ data: ids.map(renderModel) }),
};

function renderModel(id: string): JsonObject {
  const isClaude = id.startsWith('claude');
  return {
    id,
    name: id,
    object: 'model',
    vendor: isClaude ? 'Anthropic' : 'OpenAI',
    version: id,
    preview: false,
    model_picker_enabled: true,
    policy: { state: 'enabled', terms: 'None.' },
    ...endpointsOf(id),
    capabilities: {
      family: id,
      type: 'chat',
      tokenizer: 'o200k_base',
      limits: { max_context_window_tokens: 128_000, max_prompt_tokens: 100_000, max_output_tokens: 16_000 },
      supports: { streaming: true, tool_calls: true, parallel_tool_calls: true, vision: true },
    },
  };
}

/** Older models name none. */
function endpointsOf(id: string): JsonObject {
  if (id.startsWith('claude')) return { supported_endpoints: ['/chat/completions', '/v1/messages'] };
  if (id.includes('codex')) return { supported_endpoints: ['/responses'] };
  return id.startsWith('gpt-5') ? { supported_endpoints: ['/chat/completions', '/responses'] } : {};
}
