/** Whose model it is, as far as it changes what a request may say. `unknown`: the id does not tell. */
export type ModelVendor = 'anthropic' | 'nova' | 'mistral' | 'openai' | 'cohere' | 'other' | 'unknown';

const VENDORS: readonly (readonly [pattern: RegExp, vendor: ModelVendor])[] = [
  [/(?:^|[./])anthropic\./, 'anthropic'],
  [/(?:^|[./])amazon\.nova/, 'nova'],
  [/(?:^|[./])mistral\./, 'mistral'],
  [/(?:^|[./])openai\./, 'openai'],
  [/(?:^|[./])cohere\./, 'cohere'],
  [/(?:^|[./])[a-z0-9]+\.[a-z]/, 'other'],
];

/** Words in the names that clients use. */
const HINTS: readonly (readonly [pattern: RegExp, vendor: ModelVendor])[] = [
  [/claude/i, 'anthropic'],
  [/nova/i, 'nova'],
  [/mi[sx]tral/i, 'mistral'],
  [/gpt-oss/i, 'openai'],
];

/**
 * The vendor in a model id, a cross-region profile or an ARN: `anthropic.…`, `us.anthropic.…`, `arn:…/eu.amazon.nova-…`. The
 * ARN of an application's own profile does not name it; there the name that the client sent is a hint.
 */
export function modelVendor(model: string, requestedModel: string): ModelVendor {
  const found =
    VENDORS.find(([pattern]) => pattern.test(model)) ?? HINTS.find(([pattern]) => pattern.test(requestedModel));
  return found?.[1] ?? 'unknown';
}
