import type OpenAI from 'openai';
import { neutralError } from './neutral-error.js';
import {
  EMPTY_ANSWER,
  parseInput,
  type NeutralAnswer,
  type NeutralCall,
  type NeutralFinish,
} from './neutral-answer.js';

type Choice = OpenAI.ChatCompletion.Choice;
type Call = NonNullable<Choice['message']['tool_calls']>[number];

/** What compatible vendors add to OpenAI's messages, deltas and usage. */
interface VendorExtras {
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
  readonly reasoning_details?: readonly { readonly text?: string | null; readonly signature?: string | null }[] | null;
}
interface UsageExtras {
  readonly prompt_cache_hit_tokens?: number;
  readonly cached_tokens?: number;
}

/** What a message and the deltas of a stream say of reasoning, put together. */
interface Thought {
  readonly text: string;
  readonly signature: string | undefined;
}

const FINISHES: Readonly<Record<string, NeutralFinish>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tools',
  function_call: 'tools',
  content_filter: 'filter',
};

const messages = [{ role: 'user' as const, content: 'Say it.' }];

/** A whole answer as OpenAI's SDK reads it. */
export async function readOpenAiWhole(client: OpenAI, model: string): Promise<NeutralAnswer> {
  try {
    const { choices, usage } = await client.chat.completions.create({ model, messages });
    return readChoice(choices[0], thoughtOf(choices[0]?.message), usage);
  } catch (thrown) {
    return { ...EMPTY_ANSWER, error: neutralError(thrown) };
  }
}

/** A stream as the helper of OpenAI's SDK assembles it; reasoning, which it does not know, is joined here. */
export async function readOpenAiStream(client: OpenAI, model: string): Promise<NeutralAnswer> {
  let choice: Choice | undefined;
  let thought: Thought = { text: '', signature: undefined };
  let usage: OpenAI.CompletionUsage | undefined;
  const stream = client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
  stream.on('chunk', (chunk, snapshot) => {
    // the snapshot of a choice lacks only what nothing here reads
    choice = (snapshot.choices[0] as Choice | undefined) ?? choice;
    const piece = thoughtOf(chunk.choices[0]?.delta);
    thought = { text: thought.text + piece.text, signature: piece.signature ?? thought.signature };
    usage = chunk.usage ?? usage;
  });
  try {
    await stream.done();
    return readChoice(choice, thought, usage);
  } catch (thrown) {
    return { ...readChoice(choice, thought, usage), finish: undefined, error: neutralError(thrown) };
  }
}

function readChoice(
  choice: Choice | undefined,
  { text: reasoning, signature }: Thought,
  usage: OpenAI.CompletionUsage | undefined,
): NeutralAnswer {
  const { content, refusal, tool_calls: toolCalls } = choice?.message ?? {};
  const calls = (toolCalls ?? []).map(readCall);
  const finish = FINISHES[choice?.finish_reason ?? 'stop'] ?? 'stop';
  const isRefused = finish === 'stop' && typeof refusal === 'string' && refusal !== '';
  return {
    ...EMPTY_ANSWER,
    text: content ?? '',
    refusal: refusal ?? '',
    calls,
    finish: isRefused ? 'filter' : finish === 'tools' && calls.length === 0 ? 'stop' : finish,
    reasoning,
    signature,
    usage: readUsage(usage),
  };
}

function readCall(call: Call): NeutralCall {
  if (call.type === 'custom') return { id: call.id, name: call.custom.name, input: call.custom.input };
  return { id: call.id, name: call.function.name, input: parseInput(call.function.arguments) };
}

function thoughtOf(spoken: object | null | undefined): Thought {
  // the SDK hands unknown members on and has no types for them
  const { reasoning_content: content, reasoning, reasoning_details: details } = (spoken ?? {}) as VendorExtras;
  const detailed = (details ?? []).map(({ text }) => text ?? '').join('');
  const signature = details?.findLast((detail) => typeof detail.signature === 'string')?.signature ?? undefined;
  return { text: content ?? reasoning ?? detailed, signature };
}

function readUsage(usage: (OpenAI.CompletionUsage & UsageExtras) | null | undefined): NeutralAnswer['usage'] {
  if (usage === undefined || usage === null) return undefined;
  const { prompt_tokens: input, completion_tokens: completion, total_tokens: total } = usage;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const isBeside = reasoning > 0 && total - input - completion === reasoning; // xAI counts reasoning beside the completion
  return {
    input,
    output: isBeside ? completion + reasoning : completion,
    cacheRead: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? 0,
  };
}
