import type { InferenceRequest, MockToolCall } from './vendor-dialect.js';

/** More than any agent makes at once. */
const MAX_CALLS = 16;

const CALL = /\bcall:([\w.-]+)(?:\s*(\{.*?\})(?=\s|$))?/g;

/**
 * The calls that a prompt asks for: `call:get_weather {"city":"Oslo"}` when the request has a tool of that name. Arguments
 * that are absent or no JSON object become `{}`. Nothing after a tool result, so that an agent's loop ends.
 */
export function requestedToolCalls(request: InferenceRequest): readonly MockToolCall[] {
  if (request.toolResult !== undefined) return [];
  return [...request.prompt.matchAll(CALL)]
    .map(([, name = '', argumentsJson = '{}']) => ({ name, argumentsJson: validOrEmpty(argumentsJson) }))
    .filter((call) => request.toolNames.includes(call.name))
    .slice(0, MAX_CALLS);
}

function validOrEmpty(argumentsJson: string): string {
  try {
    JSON.parse(argumentsJson);
    return argumentsJson;
  } catch {
    return '{}'; // a scripted call is a convenience; what models get wrong comes from recordings
  }
}
