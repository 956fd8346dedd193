import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { serialiseSse, SseParser } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, missingRecordingsNotice, SSE_REWIRINGS } from '@sluice/testing';
import type { TranslationContext } from '@sluice/translator-kit';
import OpenAI from 'openai';
import { openAiChat } from './format.js';

const { translation: client } = openAiChat.client;
const { translation: upstream } = openAiChat.upstream;

const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'm',
  upstreamModel: 'm',
  dialect: {},
};
const REQUEST: CanonicalRequest = {
  model: 'm',
  stream: true,
  messages: [],
  tools: [],
  sampling: {},
  extensions: { 'openai-chat': { stream_options: { include_usage: true } } },
};

/** What a reader of an answer learns. */
interface Learnt {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
  readonly finish: string | null | undefined;
  readonly usage: unknown;
  readonly error?: string;
}

/** Members that vendors add to OpenAI's own. */
type Vendor<T> = T & {
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
  readonly cached_tokens?: number;
};

/** The vendor's own words on usage. Reasoning that is counted beside the completion is counted into it. */
function learnUsage(usage: Vendor<OpenAI.CompletionUsage> | null | undefined): unknown {
  if (!usage) return undefined;
  return {
    input: usage.prompt_tokens,
    total: usage.total_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? usage.cached_tokens, // Moonshot
    reasoning: usage.completion_tokens_details?.reasoning_tokens,
  };
}

function answerWith(body: Buffer, type: string): OpenAI {
  const fetch = async () => new Response(new Uint8Array(body), { status: 200, headers: { 'content-type': type } });
  return new OpenAI({ apiKey: 'test', maxRetries: 0, fetch });
}

async function readStream(sse: Buffer): Promise<Learnt> {
  const stream = await answerWith(sse, 'text/event-stream').chat.completions.create({
    model: 'm',
    messages: [],
    stream: true,
  });
  let [text, reasoning, refusal] = ['', '', ''];
  const calls = new Map<number, { id: string; name: string; text: string }>();
  let finish: string | null | undefined;
  let usage: unknown;
  try {
    for await (const chunk of stream) {
      usage = learnUsage(chunk.usage) ?? usage;
      for (const choice of chunk.choices) {
        const delta: Vendor<OpenAI.ChatCompletionChunk.Choice.Delta> = choice.delta;
        text += delta.content ?? '';
        reasoning += delta.reasoning_content ?? delta.reasoning ?? '';
        refusal += delta.refusal ?? '';
        for (const { index, id, function: called } of delta.tool_calls ?? []) {
          const call = calls.get(index) ?? { id: '', name: '', text: '' };
          calls.set(index, call);
          call.id ||= id ?? '';
          call.name ||= called?.name ?? '';
          call.text += called?.arguments ?? '';
        }
        finish = choice.finish_reason ?? finish;
      }
    }
  } catch (error) {
    return { text, reasoning, refusal, calls: [], finish, usage, error: String(error) };
  }
  const learnt = [...calls.values()].map(({ id, name, text: json }) => ({ id, name, arguments: JSON.parse(json) }));
  return { text, reasoning, refusal, calls: learnt, finish, usage };
}

async function readBody(body: Buffer): Promise<Learnt> {
  const answer = await answerWith(body, 'application/json').chat.completions.create({ model: 'm', messages: [] });
  const choice = answer.choices[0];
  const message: Vendor<OpenAI.ChatCompletionMessage> | undefined = choice?.message;
  return {
    text: message?.content ?? '',
    reasoning: message?.reasoning_content ?? message?.reasoning ?? '',
    refusal: message?.refusal ?? '',
    calls: (message?.tool_calls ?? []).map((call) =>
      call.type === 'custom'
        ? { id: call.id, name: call.custom.name, arguments: call.custom.input }
        : { id: call.id, name: call.function.name, arguments: JSON.parse(call.function.arguments) },
    ),
    finish: choice?.finish_reason,
    usage: learnUsage(answer.usage),
  };
}

/** The stream as a client of this format gets it after a translation. */
function reencodeStream(chunks: readonly Buffer[]): Buffer {
  const parser = new SseParser();
  const decoder = upstream.createStreamDecoder(CONTEXT, REQUEST);
  const encoder = client.createStreamEncoder(REQUEST, CONTEXT);
  let sse = '';
  const encode = (event: Parameters<typeof encoder.push>[0]): void =>
    encoder.push(event, (frame) => (sse += serialiseSse(frame)));
  const decode = (frame: Parameters<typeof decoder.push>[0]): void => decoder.push(frame, encode);
  for (const chunk of chunks) parser.push(chunk, decode);
  parser.finish(decode);
  decoder.finish(encode);
  return Buffer.from(sse);
}

function reencodeBody(body: Buffer): Buffer {
  const answer: JsonObject = client.encodeResponse(upstream.decodeResponse(body, CONTEXT, REQUEST), CONTEXT);
  return Buffer.from(JSON.stringify(answer));
}

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

describe('recordings', () => {
  it('say the same to the official client before and after a translation: streams', async () => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'stream')) {
      expect({ id, ...(await readStream(reencodeStream([body]))) }).toEqual({ id, ...(await readStream(body)) });
    }
  });

  it('say the same to the official client before and after a translation: whole answers', async () => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'json')) {
      expect({ id, ...(await readBody(reencodeBody(body))) }).toEqual({ id, ...(await readBody(body)) });
    }
  });

  it.each(BYTE_CUTS)('are translated the same however their bytes are cut (%s)', (_, cut) => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'stream')) {
      const same = reencodeStream(cut(body)).equals(reencodeStream([body]));

      expect({ id, same }).toEqual({ id, same: true });
    }
  });

  it.each(SSE_REWIRINGS)('are translated the same however their events are spelled (%s)', (_, rewire) => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'stream')) {
      const same = reencodeStream([rewire(body)]).equals(reencodeStream([body]));

      expect({ id, same }).toEqual({ id, same: true });
    }
  });
});
