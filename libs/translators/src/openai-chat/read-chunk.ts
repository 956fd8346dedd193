import type { JsonObject, JsonValue } from '@sluice/core';
import { objectMember, objectsMember } from '@sluice/translator-kit';

/** Members of a chunk that say nothing a client would miss. */
const PLUMBING = new Set([
  'id',
  'object',
  'created',
  'model',
  'provider', // OpenRouter
  'choices',
  'usage',
  'system_fingerprint',
  'service_tier',
  'obfuscation', // padding against traffic analysis
  'x_groq',
]);

/** Usage where vendors put it: at the top, in Groq's bag, or in Moonshot's choice. Null is "not yet". */
export function usageIn(answer: JsonObject): JsonObject | undefined {
  return (
    objectMember(answer, 'usage') ??
    objectMember(objectMember(answer, 'x_groq'), 'usage') ??
    objectMember(objectsMember(answer, 'choices')[0], 'usage')
  );
}

/** Whether a chunk has neither a choice nor anything else beside its usage, so that it can be hidden without loss. */
export function isUsageAlone(chunk: JsonObject): boolean {
  const choices = chunk['choices'];
  if (choices !== undefined && choices !== null && !(Array.isArray(choices) && choices.length === 0)) return false;
  return Object.entries(chunk).every(([name, value]) => PLUMBING.has(name) || !hasSubstance(value));
}

/**
 * Whether a choice brings something for the reader: anything in its delta but the role. Empty strings, nulls and empty
 * lists are how vendors open an answer. A member that we do not know counts.
 */
export function hasContent(choice: JsonObject): boolean {
  const delta = objectMember(choice, 'delta') ?? objectMember(choice, 'message');
  if (delta === undefined) return hasSubstance(choice['text']); // legacy completions
  return Object.entries(delta).some(([name, value]) => name !== 'role' && hasSubstance(value));
}

/** Whether a value says something: empty strings, nulls and empty lists are how vendors open an answer. */
export function hasSubstance(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value !== '';
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
