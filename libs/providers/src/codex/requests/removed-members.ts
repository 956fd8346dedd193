import type { JsonObject, JsonValue, TranslationWarning } from '@sluice/core';

/**
 * Members that the back end refuses, and where a canonical request has them. Seen 2026-08.
 * `undefined`: a request says nothing with it that an answer would miss.
 */
const REMOVED: Readonly<Record<string, string | undefined>> = {
  max_output_tokens: '/sampling/maxOutputTokens',
  max_completion_tokens: '/sampling/maxOutputTokens',
  temperature: '/sampling/temperature',
  top_p: '/sampling/topP',
  user: '/endUser',
  truncation: '/extensions/openai-responses/truncation',
  metadata: '/extensions/openai-responses/metadata',
  prompt_cache_retention: '/extensions/openai-responses/prompt_cache_retention',
  prompt_cache_options: '/extensions/openai-responses/prompt_cache_options',
  safety_identifier: '/extensions/openai-responses/safety_identifier',
  context_management: '/extensions/openai-responses/context_management',
  generate: '/extensions/openai-responses/generate',
  stream_options: undefined,
};

const SERVICE_TIER = 'service_tier';
/** The one tier that a plan can ask for; the default one needs no word. */
const KNOWN_TIER = 'priority';

/** The request without what the back end refuses, and what was lost by that. */
export function withoutRefusedMembers(body: JsonObject): {
  readonly kept: JsonObject;
  readonly warnings: readonly TranslationWarning[];
} {
  const kept: (readonly [string, JsonValue])[] = [];
  const warnings: TranslationWarning[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    if (Object.hasOwn(REMOVED, name)) {
      const path = REMOVED[name];
      if (path !== undefined && saysSomething(name, value)) warnings.push(dropped(path, name));
    } else if (name === SERVICE_TIER && value !== KNOWN_TIER) {
      if (typeof value === 'string' && value !== 'auto' && value !== 'default') {
        warnings.push(dropped('/serviceTier', name));
      }
    } else kept.push([name, value]);
  }
  return { kept: Object.fromEntries(kept), warnings };
}

function saysSomething(name: string, value: JsonValue): boolean {
  if (value === null || (name === 'truncation' && value === 'disabled')) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function dropped(path: string, name: string): TranslationWarning {
  return { path, effect: 'dropped', message: `A ChatGPT plan takes no ${name}.` };
}
