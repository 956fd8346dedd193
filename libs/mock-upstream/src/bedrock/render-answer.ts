import type { JsonObject } from '@sluice/core';
import { contentFrame, structureFrame, terminalFrame, type Frame } from '../answer-plan.js';
import { sliceText } from '../slice-text.js';
import type { MockAnswer, MockToolCall } from '../vendor-dialect.js';
import { eventFrame } from './event-frames.js';

/** How much of a call's arguments one event carries. */
const INPUT_PIECE_CHARACTERS = 8;

/** What every answer is said to have taken. */
const METRICS = { latencyMs: 100 };

const STOP_REASONS: Readonly<Record<MockAnswer['finish'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
};

/** The answer of `Converse`. */
export function renderConverse(answer: MockAnswer): string {
  const calls = answer.toolCalls.map(({ name, argumentsJson }, index) => ({
    toolUse: { toolUseId: callId(answer, index), name, input: JSON.parse(argumentsJson) as JsonObject },
  }));
  const content = calls.length > 0 ? calls : [{ text: answer.pieces.join('') }];
  return JSON.stringify({
    output: { message: { role: 'assistant', content } },
    stopReason: STOP_REASONS[answer.finish],
    usage: usageOf(answer),
    metrics: METRICS,
  });
}

/** The answer of `ConverseStream`: text has no start, usage comes behind the stop reason. */
export function renderConverseStream(answer: MockAnswer): readonly Frame[] {
  const blocks =
    answer.toolCalls.length > 0
      ? answer.toolCalls.flatMap((call, index) => callFrames(answer, call, index))
      : textFrames(answer);
  return [
    structureFrame(eventFrame('messageStart', { role: 'assistant' })),
    ...blocks,
    terminalFrame(eventFrame('messageStop', { stopReason: STOP_REASONS[answer.finish] })),
    terminalFrame(eventFrame('metadata', { usage: usageOf(answer), metrics: METRICS })),
  ];
}

function textFrames({ pieces }: MockAnswer): readonly Frame[] {
  return [
    ...pieces.map((text) => deltaFrame(0, { text })),
    structureFrame(eventFrame('contentBlockStop', { contentBlockIndex: 0 })),
  ];
}

function callFrames(answer: MockAnswer, { name, argumentsJson }: MockToolCall, index: number): readonly Frame[] {
  const toolUse = { toolUseId: callId(answer, index), name };
  return [
    structureFrame(eventFrame('contentBlockStart', { contentBlockIndex: index, start: { toolUse } })),
    ...sliceText(argumentsJson, INPUT_PIECE_CHARACTERS).map((input) => deltaFrame(index, { toolUse: { input } })),
    structureFrame(eventFrame('contentBlockStop', { contentBlockIndex: index })),
  ];
}

function deltaFrame(contentBlockIndex: number, delta: JsonObject): Frame {
  return { ...contentFrame(eventFrame('contentBlockDelta', { contentBlockIndex, delta })), hasChecksum: true };
}

function callId({ digest }: MockAnswer, index: number): string {
  return `tooluse_${digest.slice(0, 20)}${String(index).padStart(2, '0')}`;
}

function usageOf({ usage: { input, output } }: MockAnswer): JsonObject {
  return { inputTokens: input, outputTokens: output, totalTokens: input + output };
}
