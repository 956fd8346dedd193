import type { CanonicalRequest, ContentBlock, FunctionTool, JsonObject, Message } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';

/** A request that says "hi", with whatever else is given. */
export function requestOf(members: Partial<CanonicalRequest> = {}): CanonicalRequest {
  return { model: 'claude-sonnet-4.5', stream: true, messages: [user('hi')], tools: [], sampling: {}, ...members };
}

export function contextOf(members: Partial<TranslationContext> = {}): TranslationContext {
  return {
    requestId: 'req-1',
    createdAtSeconds: 1_700_000_000,
    requestedModel: 'claude-sonnet-4-5',
    upstreamModel: 'claude-sonnet-4.5',
    dialect: {},
    ...members,
  };
}

export const system = (text: string): Message => ({ role: 'system', content: [{ type: 'text', text }] });

export const user = (...content: readonly (string | ContentBlock)[]): Message => ({
  role: 'user',
  content: content.map(asBlock),
});

export const assistant = (...content: readonly (string | ContentBlock)[]): Message => ({
  role: 'assistant',
  content: content.map(asBlock),
});

export const call = (id: string, name = 'get_weather', argumentsJson = '{"city":"Paris"}'): ContentBlock => ({
  type: 'tool-call',
  id,
  name,
  argumentsJson,
});

export const result = (callId: string, text = '21 °C'): ContentBlock => ({
  type: 'tool-result',
  callId,
  content: text === '' ? [] : [{ type: 'text', text }],
});

export const functionTool = (name: string, parameters: JsonObject = {}, description = 'Does it.'): FunctionTool => ({
  kind: 'function',
  name,
  description,
  parameters,
});

function asBlock(block: string | ContentBlock): ContentBlock {
  return typeof block === 'string' ? { type: 'text', text: block } : block;
}
