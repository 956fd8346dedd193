import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import { seenError } from '../../harness/seen-error.js';
import { KIRO_MODEL } from '../kiro-account.js';
import type { SoakCase } from './soak-cases.js';

/** The official clients, made once. */
export interface SoakClients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

/** What a client has in the end. */
export interface SoakAnswer {
  readonly text: string;
  readonly thinking: string;
  /** Name and arguments of each call. */
  readonly calls: readonly string[];
  readonly finish: string | null | undefined;
  /** The SDK's error class and its status; undefined = it ended well. `undefined` as status: inside a stream. */
  readonly error: { readonly name: string; readonly status: number | undefined } | undefined;
}

const MAX_TOKENS = 4_096;
const THINKING_TOKENS = 2_048;
const TOOL = 'look_up';
const SCHEMA = { type: 'object' as const, properties: { id: { type: 'string' } }, required: ['id'] };
const CALL_ID = 'toolu_soak';

/** Asks through an SDK, and gathers what its user sees. Never rejects for an error of the API. */
export async function askCase(clients: SoakClients, soakCase: SoakCase): Promise<SoakAnswer> {
  const seen: Mutable<SoakAnswer> = { text: '', thinking: '', calls: [], finish: undefined, error: undefined };
  try {
    if (soakCase.client === 'openai-chat') await askOpenAi(clients.openai, soakCase, seen);
    else await askAnthropic(clients.anthropic, soakCase, seen);
  } catch (thrown) {
    const { name, status } = seenError(thrown);
    seen.error = { name, status };
  }
  return seen;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A prompt that the mock repeats, or that makes it call the tool. */
function promptOf({ marker, kind }: SoakCase): string {
  return kind === 'call' ? `${marker} call:${TOOL} {"id":"${marker}"}` : marker;
}

async function askOpenAi(client: OpenAI, soakCase: SoakCase, seen: Mutable<SoakAnswer>): Promise<void> {
  const { kind, marker, isStream } = soakCase;
  const call = { id: CALL_ID, type: 'function' as const, function: { name: TOOL, arguments: '{"id":"x"}' } };
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: promptOf(soakCase) },
  ];
  if (kind === 'call-result') {
    messages.push({ role: 'assistant', content: null, tool_calls: [call] });
    messages.push({ role: 'tool', tool_call_id: CALL_ID, content: `Found ${marker}` });
  }
  const body: OpenAI.ChatCompletionCreateParamsNonStreaming = {
    model: KIRO_MODEL,
    messages,
    ...(kind === 'call' || kind === 'call-result'
      ? { tools: [{ type: 'function', function: { name: TOOL, description: 'Looks up.', parameters: SCHEMA } }] }
      : {}),
    ...(kind === 'thinking' ? { reasoning_effort: 'low' } : {}),
  };
  if (!isStream) {
    const [choice] = (await client.chat.completions.create(body)).choices;
    const message = choice?.message as (OpenAI.ChatCompletionMessage & { reasoning_content?: string }) | undefined;
    seen.text = message?.content ?? '';
    seen.thinking = message?.reasoning_content ?? '';
    seen.calls = (message?.tool_calls ?? []).map((one) =>
      one.type === 'function' ? `${one.function.name} ${one.function.arguments}` : one.type,
    );
    seen.finish = choice?.finish_reason;
    return;
  }
  const calls: string[] = [];
  for await (const { choices } of await client.chat.completions.create({ ...body, stream: true })) {
    const delta = choices[0]?.delta as
      (OpenAI.ChatCompletionChunk.Choice.Delta & { reasoning_content?: string }) | undefined;
    seen.text += delta?.content ?? '';
    seen.thinking += delta?.reasoning_content ?? '';
    for (const { index, function: piece } of delta?.tool_calls ?? []) {
      calls[index] = `${calls[index] ?? `${piece?.name ?? ''} `}${piece?.arguments ?? ''}`;
    }
    seen.calls = calls;
    seen.finish = choices[0]?.finish_reason ?? seen.finish;
  }
}

async function askAnthropic(client: Anthropic, soakCase: SoakCase, seen: Mutable<SoakAnswer>): Promise<void> {
  const { kind, marker, isStream } = soakCase;
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: promptOf(soakCase) }];
  if (kind === 'call-result') {
    messages.push({ role: 'assistant', content: [{ type: 'tool_use', id: CALL_ID, name: TOOL, input: { id: 'x' } }] });
    messages.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: CALL_ID, content: `Found ${marker}` }],
    });
  }
  const body: Anthropic.MessageCreateParamsNonStreaming = {
    model: KIRO_MODEL,
    max_tokens: MAX_TOKENS,
    system: 'Be brief.',
    messages,
    ...(kind === 'call' || kind === 'call-result'
      ? { tools: [{ name: TOOL, description: 'Looks up.', input_schema: SCHEMA }] }
      : {}),
    ...(kind === 'thinking' ? { thinking: { type: 'enabled', budget_tokens: THINKING_TOKENS } } : {}),
  };
  if (!isStream) return readBlocks(await client.messages.create(body), seen);
  const stream = client.messages.stream(body);
  stream.on('text', (piece) => (seen.text += piece));
  const message = await stream.finalMessage();
  seen.text = '';
  readBlocks(message, seen);
}

function readBlocks({ content, stop_reason }: Anthropic.Message, seen: Mutable<SoakAnswer>): void {
  for (const block of content) {
    if (block.type === 'text') seen.text += block.text;
    if (block.type === 'thinking') seen.thinking += block.thinking;
    if (block.type === 'tool_use') seen.calls = [...seen.calls, `${block.name} ${JSON.stringify(block.input)}`];
  }
  seen.finish = stop_reason;
}
