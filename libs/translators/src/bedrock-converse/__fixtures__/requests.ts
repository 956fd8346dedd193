import type { CanonicalRequest, ContentBlock, FunctionTool, JsonObject, Message } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';

export const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** A request that says "hi", with whatever else is given. */
export function requestOf(members: Partial<CanonicalRequest> = {}): CanonicalRequest {
  return { model: CLAUDE, stream: true, messages: [user('hi')], tools: [], sampling: {}, ...members };
}

export function contextOf(upstreamModel = CLAUDE, members: Partial<TranslationContext> = {}): TranslationContext {
  return {
    requestId: 'req-1',
    createdAtSeconds: 1_700_000_000,
    requestedModel: 'my-model',
    upstreamModel,
    dialect: {},
    ...members,
  };
}

export const system = (...content: readonly (string | ContentBlock)[]): Message => messageOf('system', content);
export const user = (...content: readonly (string | ContentBlock)[]): Message => messageOf('user', content);
export const assistant = (...content: readonly (string | ContentBlock)[]): Message => messageOf('assistant', content);

export const call = (id: string, name = 'get_weather', argumentsJson = '{"city":"Paris"}'): ContentBlock => ({
  type: 'tool-call',
  id,
  name,
  argumentsJson,
});

export const result = (callId: string, ...content: readonly (string | ContentBlock)[]): ContentBlock => ({
  type: 'tool-result',
  callId,
  content: content.map(asBlock),
});

export const functionTool = (name: string, parameters: JsonObject = {}): FunctionTool => ({
  kind: 'function',
  name,
  description: 'Does it.',
  parameters,
});

function messageOf(role: Message['role'], content: readonly (string | ContentBlock)[]): Message {
  return { role, content: content.map(asBlock) };
}

function asBlock(block: string | ContentBlock): ContentBlock {
  return typeof block === 'string' ? { type: 'text', text: block } : block;
}
