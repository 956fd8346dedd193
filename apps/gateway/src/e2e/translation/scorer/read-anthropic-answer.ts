import type Anthropic from '@anthropic-ai/sdk';
import { neutralError } from './neutral-error.js';
import { EMPTY_ANSWER, type NeutralAnswer, type NeutralFinish } from './neutral-answer.js';

const FINISHES: Readonly<Record<string, NeutralFinish>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tools',
  refusal: 'filter',
};

const MAX_TOKENS = 4_096;
const messages = [{ role: 'user' as const, content: 'Say it.' }];

/** A whole answer as Anthropic's SDK reads it. */
export async function readAnthropicWhole(client: Anthropic, model: string): Promise<NeutralAnswer> {
  try {
    return readMessage(await client.messages.create({ model, max_tokens: MAX_TOKENS, messages }));
  } catch (thrown) {
    return { ...EMPTY_ANSWER, error: neutralError(thrown) };
  }
}

/** A stream as the helper of Anthropic's SDK assembles it. */
export async function readAnthropicStream(client: Anthropic, model: string): Promise<NeutralAnswer> {
  let message: Anthropic.Message | undefined;
  const stream = client.messages.stream({ model, max_tokens: MAX_TOKENS, messages });
  stream.on('streamEvent', (_, snapshot) => {
    message = snapshot;
  });
  try {
    await stream.done();
    return message === undefined ? EMPTY_ANSWER : readMessage(message);
  } catch (thrown) {
    const begun = message === undefined ? EMPTY_ANSWER : readMessage(message);
    return { ...begun, finish: undefined, error: neutralError(thrown) };
  }
}

function readMessage({ content, stop_reason: reason, stop_details: details, usage }: Anthropic.Message): NeutralAnswer {
  const calls = content.flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
  );
  const finish = FINISHES[reason ?? 'end_turn'] ?? 'stop';
  const thoughts = content.filter((block) => block.type === 'thinking');
  return {
    ...EMPTY_ANSWER,
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    remark: details?.explanation ?? '',
    calls,
    finish: finish === 'tools' && calls.length === 0 ? 'stop' : finish,
    reasoning: thoughts.map(({ thinking }) => thinking).join(''),
    signature: thoughts.findLast(({ signature }) => signature !== '')?.signature,
    usage: readUsage(usage),
  };
}

/** Anthropic counts what the cache read and wrote beside the input. */
function readUsage(usage: Anthropic.Usage): NeutralAnswer['usage'] {
  const cacheRead = usage.cache_read_input_tokens ?? 0;
  const cacheWrite = usage.cache_creation_input_tokens ?? 0;
  return { input: usage.input_tokens + cacheRead + cacheWrite, output: usage.output_tokens, cacheRead };
}
