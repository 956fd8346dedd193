import type { CanonicalRequest } from '@sluice/core';
import type { TranslatedClient, TranslationContext } from '@sluice/translator-kit';
import { corpusOf, type Corpus } from '../corpus/corpus.js';
import { clientPaths } from '../corpus/client-paths.js';
import { deepFreeze } from '../deep-freeze.js';

/** Models of every family that a format treats in its own way. */
const MODELS = ['claude-sonnet-4.5', 'gpt-5', 'gemini-2.5-pro', 'us.anthropic.claude-opus-4-6-v1:0', 'm'] as const;

const PLAIN: CanonicalRequest = {
  model: 'm',
  stream: true,
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
  tools: [],
  sampling: {},
  reasoning: { mode: 'on', effort: 'high' },
};

/** What an answer may be the answer to: a plain question, and every sample request of the formats that clients speak. */
export function requestsOf(clients: readonly TranslatedClient[], corpus: Corpus): readonly CanonicalRequest[] {
  const decoded = clients.flatMap((client) =>
    corpusOf(corpus, client.id, 'requests').requests.flatMap((body) => decodedSample(client, body)),
  );
  return [PLAIN, ...decoded].map(deepFreeze);
}

function decodedSample({ id, client }: TranslatedClient, body: Buffer): readonly CanonicalRequest[] {
  try {
    return [client.translation.decodeRequest({ path: clientPaths(id)[0] ?? '', query: '', body })];
  } catch {
    return []; // what a decoder makes of requests is judged by the cells of requests
  }
}

/** The circumstances of an exchange, by the input's variant. */
export function contextOf(variant: number): TranslationContext {
  return deepFreeze({
    requestId: 'req-fuzz',
    createdAtSeconds: 1_700_000_000,
    requestedModel: 'wanted',
    upstreamModel: choose(MODELS, variant, 'model'),
    dialect: {},
  });
}

/** Where in a variant a circumstance stands: each has two decimal digits of its own, so that any two can meet. */
const PLACES = { model: 1, path: 100, request: 100, status: 100, client: 10_000, limit: 1_000_000 } as const;

/** Variants are below this. */
export const VARIANTS = 100_000_000;

/** What the variant says of one circumstance. */
export function choose<T>(choices: readonly T[], variant: number, circumstance: keyof typeof PLACES): T {
  return choices[Math.floor(variant / PLACES[circumstance]) % choices.length] as T; // lists here have members
}
