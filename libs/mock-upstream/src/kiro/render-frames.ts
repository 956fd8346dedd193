import { contentFrame, structureFrame, terminalFrame, type Frame } from '../answer-plan.js';
import { sliceText } from '../slice-text.js';
import type { MockAnswer, MockToolCall } from '../vendor-dialect.js';
import { eventFrame } from './event-frames.js';

/** How much of a call's arguments one event carries. */
const INPUT_PIECE_CHARACTERS = 8;

/** The context of which usage is a percentage. */
const WINDOW_TOKENS = 200_000;
const PERCENT = 100;

/** What a turn costs. */
const CREDITS = 0.0123;

/** A streamed answer: `(text* | (call · input* · stop)*) · context usage · metering`. Nothing marks its end. */
export function renderFrames(answer: MockAnswer): readonly Frame[] {
  const { usage, finish, toolCalls, pieces } = answer;
  const content =
    toolCalls.length > 0 ? toolCalls.flatMap((call, index) => callFrames(answer, call, index)) : pieces.map(textFrame);
  const contextUsagePercentage = (PERCENT * (usage.input + usage.output)) / WINDOW_TOKENS;
  return [
    ...content,
    ...(finish === 'length' ? [terminalFrame(eventFrame('metadataEvent', { stopReason: 'max_tokens' }))] : []),
    terminalFrame(eventFrame('contextUsageEvent', { contextUsagePercentage })),
    terminalFrame(eventFrame('meteringEvent', { unit: 'credit', unitPlural: 'credits', usage: CREDITS })),
  ];
}

function textFrame(content: string): Frame {
  return { ...contentFrame(eventFrame('assistantResponseEvent', { content })), hasChecksum: true };
}

/** The last call's end belongs to what ends an answer: without it the call is cut. */
function callFrames(answer: MockAnswer, { name, argumentsJson }: MockToolCall, index: number): readonly Frame[] {
  const toolUseId = `tooluse_${answer.digest.slice(0, 20)}${String(index).padStart(2, '0')}`;
  const stop = eventFrame('toolUseEvent', { name, toolUseId, stop: true });
  return [
    structureFrame(eventFrame('toolUseEvent', { name, toolUseId, input: '' })),
    ...sliceText(argumentsJson, INPUT_PIECE_CHARACTERS).map((input) =>
      contentFrame(eventFrame('toolUseEvent', { name, toolUseId, input })),
    ),
    index === answer.toolCalls.length - 1 ? terminalFrame(stop) : structureFrame(stop),
  ];
}
