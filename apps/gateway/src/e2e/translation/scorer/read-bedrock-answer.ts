import {
  ConverseCommand,
  ConverseStreamCommand,
  type BedrockRuntimeClient,
  type ContentBlock,
  type ConverseStreamOutput,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { neutralError } from './neutral-error.js';
import {
  EMPTY_ANSWER,
  parseInput,
  type NeutralAnswer,
  type NeutralCall,
  type NeutralFinish,
} from './neutral-answer.js';

const FINISHES: Readonly<Record<string, NeutralFinish>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tools',
  guardrail_intervened: 'filter',
  content_filtered: 'filter',
};

const messages = [{ role: 'user' as const, content: [{ text: 'Say it.' }] }];

/** A whole answer as AWS's SDK reads it. */
export async function readBedrockWhole(client: BedrockRuntimeClient, modelId: string): Promise<NeutralAnswer> {
  try {
    const answer = await client.send(new ConverseCommand({ modelId, messages }));
    const content = answer.output?.message?.content ?? [];
    return { ...readContent(content), ...readEnd(answer.stopReason), usage: readUsage(answer.usage) };
  } catch (thrown) {
    return { ...EMPTY_ANSWER, error: neutralError(thrown) };
  }
}

/** A stream as a reader of AWS's SDK puts it together: the SDK hands on events and assembles nothing. */
export async function readBedrockStream(client: BedrockRuntimeClient, modelId: string): Promise<NeutralAnswer> {
  const events: ConverseStreamOutput[] = [];
  try {
    const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages }));
    for await (const event of stream ?? []) events.push(event);
    return readEvents(events);
  } catch (thrown) {
    return { ...readEvents(events), finish: undefined, error: neutralError(thrown) };
  }
}

function readContent(content: readonly ContentBlock[]): NeutralAnswer {
  const thoughts = content.flatMap(({ reasoningContent }) => reasoningContent?.reasoningText ?? []);
  return {
    ...EMPTY_ANSWER,
    text: content.map(({ text }) => text ?? '').join(''),
    calls: content.flatMap(({ toolUse: call }) =>
      call === undefined ? [] : [{ id: call.toolUseId ?? '', name: call.name ?? '', input: call.input }],
    ),
    reasoning: thoughts.map(({ text }) => text ?? '').join(''),
    signature: thoughts.findLast(({ signature }) => signature !== undefined)?.signature,
  };
}

function readEvents(events: readonly ConverseStreamOutput[]): NeutralAnswer {
  const deltas = events.flatMap(({ contentBlockDelta: event }) => (event?.delta === undefined ? [] : [event.delta]));
  const proofs = deltas.flatMap(({ reasoningContent }) => reasoningContent?.signature ?? []);
  const stop = events.find(({ messageStop }) => messageStop !== undefined)?.messageStop;
  const last = events.findLast(({ metadata }) => metadata !== undefined)?.metadata;
  return {
    ...EMPTY_ANSWER,
    text: deltas.map(({ text }) => text ?? '').join(''),
    calls: readCalls(events),
    reasoning: deltas.map(({ reasoningContent }) => reasoningContent?.text ?? '').join(''),
    signature: proofs.length === 0 ? undefined : proofs.join(''),
    ...readEnd(stop?.stopReason),
    usage: readUsage(last?.usage),
  };
}

function readCalls(events: readonly ConverseStreamOutput[]): readonly NeutralCall[] {
  return events.flatMap(({ contentBlockStart: opened }) => {
    const call = opened?.start?.toolUse;
    if (call === undefined) return [];
    const pieces = events.flatMap(({ contentBlockDelta: event }) =>
      event?.contentBlockIndex === opened?.contentBlockIndex ? [event?.delta?.toolUse?.input ?? ''] : [],
    );
    return [{ id: call.toolUseId ?? '', name: call.name ?? '', input: parseInput(pieces.join('')) }];
  });
}

function readEnd(stopReason: string | undefined): Pick<NeutralAnswer, 'finish'> {
  return { finish: stopReason === undefined ? undefined : (FINISHES[stopReason] ?? 'stop') };
}

/** Bedrock counts what the cache read and wrote beside the input. */
function readUsage(usage: TokenUsage | undefined): NeutralAnswer['usage'] {
  if (usage === undefined) return undefined;
  const cacheRead = usage.cacheReadInputTokens ?? 0;
  const cacheWrite = usage.cacheWriteInputTokens ?? 0;
  return { input: (usage.inputTokens ?? 0) + cacheRead + cacheWrite, output: usage.outputTokens ?? 0, cacheRead };
}
