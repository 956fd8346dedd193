import { Agent } from 'node:http';
import { CLIENT_KEY, MODELS, type TestFormat } from '../harness/test-configuration.js';
import { markerOf } from './fault-plan.js';

interface RawCall {
  readonly agent: Agent;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

interface RawReply {
  readonly status: number | undefined;
  readonly text: string;
  readonly ending: string;
}

/** Sends one request and reads its whole answer, as far as it comes. Never rejects. */
export type SendRaw = (url: string, call: RawCall) => Promise<RawReply>;

/** What one client has in the end. */
export interface Outcome {
  readonly number: number;
  readonly status: number | undefined;
  readonly text: string;
  /** The error's type, as the client's format has it; undefined = there was none. */
  readonly errorType: string | undefined;
  /** Whether the answer ended as its format ends, with or without an error. */
  readonly isWhole: boolean;
}

export interface ChaosClientOptions {
  readonly url: string;
  readonly model: string;
  readonly isStream: boolean;
}

const PATHS: Readonly<Record<TestFormat, string>> = {
  'openai-chat': '/v1/chat/completions',
  'anthropic-messages': '/v1/messages',
};
/** A request that takes longer is one that hangs. */
const HANGING_MS = 15_000;

/** Asks by plain HTTP over connections that are kept: official clients would spend most of the suite's time. */
export class ChaosClient {
  readonly #agent: Agent;

  /** @param concurrency how many ask at once */
  constructor(
    private readonly concurrency: number,
    private readonly send: SendRaw,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  }

  /** Sends so many requests, of which every other one is Anthropic's, and reads all answers. */
  async askAll(count: number, options: ChaosClientOptions): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        outcomes.push(await this.#ask(next, options));
      }
    };
    await Promise.all(Array.from({ length: this.concurrency }, work));
    return outcomes;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(number: number, { url, model, isStream }: ChaosClientOptions): Promise<Outcome> {
    const format: TestFormat = number % 2 === 0 ? 'openai-chat' : 'anthropic-messages';
    const reply = await this.send(url + PATHS[format], {
      agent: this.#agent,
      signal: AbortSignal.timeout(HANGING_MS),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${CLIENT_KEY}`,
        'x-request-id': markerOf(number),
      },
      body: {
        model,
        max_tokens: 64,
        stream: isStream,
        messages: [{ role: 'user', content: `Say it, ${markerOf(number)}.` }],
      },
    });
    const read = isStream && reply.status === 200 ? readStream(reply, format) : readWhole(reply, format);
    return { number, status: reply.status, ...read, isWhole: read.isWhole && reply.ending === 'complete' };
  }
}

/** The model that every account of the suite serves. */
export const CHAOS_MODEL = MODELS['openai-chat'];

type Read = Pick<Outcome, 'text' | 'errorType' | 'isWhole'>;

interface ErrorBody {
  readonly error?: { readonly type?: string; readonly message?: string };
}
interface ChatPart extends ErrorBody {
  readonly choices?: readonly {
    readonly message?: { readonly content?: string };
    readonly delta?: { readonly content?: string };
  }[];
}
interface MessagesPart extends ErrorBody {
  readonly type?: string;
  readonly content?: readonly { readonly text?: string }[];
  readonly delta?: { readonly text?: string };
}

function readWhole({ text }: RawReply, format: TestFormat): Read {
  const body = parsed<ChatPart & MessagesPart>(text);
  const content = format === 'openai-chat' ? body?.choices?.[0]?.message?.content : body?.content?.[0]?.text;
  const isWellFormed = body !== undefined && (content !== undefined) !== (body.error?.message !== undefined);
  return { text: content ?? '', errorType: body?.error?.type, isWhole: isWellFormed };
}

function readStream({ text }: RawReply, format: TestFormat): Read {
  const events = text.split('\n\n').filter((event) => event !== '');
  const parts = events.map((event) => dataOf(event));
  return format === 'openai-chat' ? readChat(parts) : readMessages(parts);
}

/** A stream of OpenAI's ends with `[DONE]`; behind an error some servers say no more. */
function readChat(parts: readonly string[]): Read {
  const isDone = parts.at(-1) === '[DONE]';
  const objects = (isDone ? parts.slice(0, -1) : parts).map((part) => parsed<ChatPart>(part));
  const error = objects.at(-1)?.error;
  return {
    text: objects.map((part) => part?.choices?.[0]?.delta?.content ?? '').join(''),
    errorType: error?.type,
    isWhole: (isDone || error !== undefined) && !objects.includes(undefined) && error?.message !== '',
  };
}

/** A stream of Anthropic's ends with `message_stop`, or with an `error`. */
function readMessages(parts: readonly string[]): Read {
  const objects = parts.map((part) => parsed<MessagesPart>(part));
  const last = objects.at(-1);
  const isEnded = last?.type === 'message_stop' || (last?.type === 'error' && last.error?.message !== '');
  return {
    text: objects.map((part) => part?.delta?.text ?? '').join(''),
    errorType: last?.error?.type,
    isWhole: isEnded && !objects.includes(undefined),
  };
}

function dataOf(event: string): string {
  const line = event.split('\n').find((each) => each.startsWith('data: '));
  return line?.slice('data: '.length) ?? '';
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T; // each member is looked for before it is used
  } catch {
    return undefined;
  }
}
