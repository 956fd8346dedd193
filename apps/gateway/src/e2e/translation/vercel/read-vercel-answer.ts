import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  generateText,
  jsonSchema,
  streamText,
  type LanguageModel,
  type LanguageModelUsage,
  type ToolSet,
} from 'ai';
import { assertClean } from '../../harness/after-test-checks.js';
import { CLIENT_KEY } from '../../harness/test-configuration.js';
import type { AskMode } from '../directions.js';
import { EMPTY_ANSWER, type NeutralAnswer, type NeutralFinish } from '../scorer/neutral-answer.js';
import { neutralStatusError } from '../scorer/neutral-error.js';
import type { ClientFormat } from '../vendors.js';

/** A provider of Vercel's SDK, and the format that it speaks. */
export interface VercelClient {
  readonly provider: string;
  readonly format: ClientFormat;
  /** Whether it hands on reasoning; OpenAI's own Chat Completions have none. */
  readonly readsReasoning: boolean;
  model(url: string, name: string): LanguageModel;
}

const apiKey = CLIENT_KEY;

export const VERCEL_CLIENTS: readonly VercelClient[] = [
  {
    provider: '@ai-sdk/openai-compatible',
    format: 'openai-chat',
    readsReasoning: true,
    model: (url, name) =>
      createOpenAICompatible({ name: 'gateway', baseURL: `${url}/v1`, apiKey, includeUsage: true })(name),
  },
  {
    provider: '@ai-sdk/openai, chat',
    format: 'openai-chat',
    readsReasoning: false,
    model: (url, name) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat(name),
  },
  {
    provider: '@ai-sdk/openai, responses',
    format: 'openai-responses',
    readsReasoning: true,
    model: (url, name) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).responses(name),
  },
  {
    provider: '@ai-sdk/anthropic',
    format: 'anthropic-messages',
    readsReasoning: true,
    model: (url, name) => createAnthropic({ baseURL: `${url}/v1`, apiKey })(name),
  },
  {
    provider: '@ai-sdk/google',
    format: 'gemini',
    readsReasoning: true,
    model: (url, name) => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey })(name),
  },
];

const FINISHES: Readonly<Record<string, NeutralFinish>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'filter',
  'tool-calls': 'tools',
};

const MAX_OUTPUT_TOKENS = 4_096;

/** The SDK reports only calls of tools that it was given. */
const TOOL_NAMES = ['get_tide', 'list_ports'];
const tools: ToolSet = Object.fromEntries(
  TOOL_NAMES.map((name) => [name, { inputSchema: jsonSchema({ type: 'object' }) }]),
);

interface Told {
  readonly text: string;
  readonly reasoningText: string | undefined;
  readonly toolCalls: readonly { readonly toolCallId: string; readonly toolName: string; readonly input: unknown }[];
  readonly finishReason: string;
  readonly usage: LanguageModelUsage;
}

/** What the user of Vercel's SDK has of an answer. */
export async function readVercelAnswer(model: LanguageModel, mode: AskMode): Promise<NeutralAnswer> {
  const call = { model, prompt: 'Say it.', tools, maxOutputTokens: MAX_OUTPUT_TOKENS, maxRetries: 0 };
  try {
    if (mode === 'whole') return neutral(await generateText(call));
    let failure: unknown;
    const result = streamText({ ...call, onError: ({ error }) => void (failure = error) });
    await result.consumeStream();
    if (failure !== undefined) return { ...EMPTY_ANSWER, error: vercelError(failure) };
    const [text, reasoningText, toolCalls, finishReason, usage] = await Promise.all([
      result.text,
      result.reasoningText,
      result.toolCalls,
      result.finishReason,
      result.usage,
    ]);
    return neutral({ text, reasoningText, toolCalls, finishReason, usage });
  } catch (thrown) {
    return { ...EMPTY_ANSWER, error: vercelError(thrown) };
  }
}

function neutral({ text, reasoningText = '', toolCalls, finishReason, usage }: Told): NeutralAnswer {
  const { inputTokens: input, outputTokens: output, inputTokenDetails } = usage;
  return {
    ...EMPTY_ANSWER,
    text,
    calls: toolCalls.map(({ toolCallId: id, toolName: name, input: given }) => ({ id, name, input: given })),
    finish: FINISHES[finishReason],
    reasoning: reasoningText.replaceAll('\n\n', ''),
    usage:
      input === undefined || output === undefined
        ? undefined
        : { input, output, cacheRead: inputTokenDetails.cacheReadTokens ?? 0 },
  };
}

function vercelError(thrown: unknown): NeutralAnswer['error'] {
  if (APICallError.isInstance(thrown) && thrown.statusCode !== undefined && thrown.statusCode >= 400) {
    assertClean(`${thrown.message} ${thrown.responseBody ?? ''}`);
    return neutralStatusError(thrown.statusCode, thrown.message);
  }
  return { class: 'unreadable', status: undefined, message: String(thrown) };
}
