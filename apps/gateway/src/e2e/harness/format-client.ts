import Anthropic from '@anthropic-ai/sdk';
import type { JsonObject } from '@sluice/core';
import OpenAI from 'openai';
import { CLIENT_KEY, MODELS, type TestFormat } from './test-configuration.js';
import { seenError, type SeenError } from './seen-error.js';

/** What the user of an SDK has when a stream is over. */
export interface ReadStream {
  readonly text: string;
  /** Undefined = the stream ended well. */
  readonly error: SeenError | undefined;
}

export interface AskOptions {
  readonly model?: string;
  readonly prompt?: string;
  readonly signal?: AbortSignal;
  /** Told of each piece of text. */
  readonly onText?: (text: string) => void;
}

/** One format as a client speaks it: the official SDK without its retries, and the plain facts beside it. */
export interface FormatClient {
  readonly format: TestFormat;
  readonly path: string;
  readonly model: string;
  /** A whole answer's text. @throws the SDK's error */
  ask(url: string, options?: AskOptions): Promise<string>;
  /** Reads a stream to its end. @throws the SDK's error where there is no stream at all */
  stream(url: string, options?: AskOptions): Promise<ReadStream>;
  /** The body of a request, for calls without the SDK. */
  body(members?: JsonObject): JsonObject;
  /** Headers of such a call. */
  readonly headers: Readonly<Record<string, string>>;
}

const PROMPT = 'Say it.';
const MAX_TOKENS = 64;

const user = (content: string) => [{ role: 'user' as const, content }];

export function openAiClient(url: string, apiKey = CLIENT_KEY): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0, logLevel: 'off' });
}

export function anthropicClient(url: string, apiKey = CLIENT_KEY): Anthropic {
  return new Anthropic({ baseURL: url, apiKey, authToken: null, maxRetries: 0, logLevel: 'off' });
}

const chatClient: FormatClient = {
  format: 'openai-chat',
  path: '/v1/chat/completions',
  model: MODELS['openai-chat'],
  ask: async (url, { model = MODELS['openai-chat'], prompt = PROMPT, signal } = {}) => {
    const call = { model, messages: user(prompt) };
    const answer = await openAiClient(url).chat.completions.create(call, { signal: signal ?? null });
    return answer.choices[0]?.message.content ?? '';
  },
  stream: async (url, { model = MODELS['openai-chat'], prompt = PROMPT, signal, onText } = {}) => {
    const call = { model, messages: user(prompt), stream: true } as const;
    const chunks = await openAiClient(url).chat.completions.create(call, { signal: signal ?? null });
    return readAll(chunks, (chunk) => chunk.choices[0]?.delta.content, onText);
  },
  body: (members = {}) => ({ model: MODELS['openai-chat'], messages: user(PROMPT), ...members }),
  headers: { 'content-type': 'application/json', authorization: `Bearer ${CLIENT_KEY}` },
};

const messagesClient: FormatClient = {
  format: 'anthropic-messages',
  path: '/v1/messages',
  model: MODELS['anthropic-messages'],
  ask: async (url, { model = MODELS['anthropic-messages'], prompt = PROMPT, signal } = {}) => {
    const call = { model, max_tokens: MAX_TOKENS, messages: user(prompt) };
    const answer = await anthropicClient(url).messages.create(call, { signal: signal ?? null });
    return answer.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  },
  stream: async (url, { model = MODELS['anthropic-messages'], prompt = PROMPT, signal, onText } = {}) => {
    const call = { model, max_tokens: MAX_TOKENS, messages: user(prompt), stream: true } as const;
    const events = await anthropicClient(url).messages.create(call, { signal: signal ?? null });
    return readAll(
      events,
      (event) =>
        event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : undefined,
      onText,
    );
  },
  body: (members = {}) => ({
    model: MODELS['anthropic-messages'],
    max_tokens: MAX_TOKENS,
    messages: user(PROMPT),
    ...members,
  }),
  headers: { 'content-type': 'application/json', 'x-api-key': CLIENT_KEY, 'anthropic-version': '2023-06-01' },
};

/** A row per client format, for `describe.each(FORMAT_CLIENTS)('… ($format)', (client) => …)`. */
export const FORMAT_CLIENTS: readonly FormatClient[] = [chatClient, messagesClient];

async function readAll<Event>(
  events: AsyncIterable<Event>,
  textOf: (event: Event) => string | null | undefined,
  onText: (text: string) => void = () => {},
): Promise<ReadStream> {
  let text = '';
  try {
    for await (const event of events) {
      const piece = textOf(event) ?? '';
      text += piece;
      if (piece !== '') onText(piece);
    }
    return { text, error: undefined };
  } catch (thrown) {
    return { text, error: seenError(thrown) };
  }
}
