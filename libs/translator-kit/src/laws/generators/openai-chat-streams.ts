import fc from 'fast-check';
import type { JsonObject } from '@sluice/core';
import type { GeneratedStream } from './generated-stream.js';
import { spokenAnswers, type SpokenAnswer, type SpokenCall } from './spoken-answers.js';
import { wireBytes, wireSpellings, type WireEvent, type WireSpelling } from './wire-events.js';

/** The habits in which OpenAI and its imitators differ, each seen in a recording or named in the vendors' issues. */
interface Habits {
  readonly reasoningName: 'reasoning_content' | 'reasoning';
  readonly calls: 'pieces' | 'whole' | 'same-index' | 'repeated-names';
  /** Pieces of several calls take turns. */
  readonly takesTurns: boolean;
  readonly hasRoleEverywhere: boolean;
  readonly hasNulls: boolean;
  readonly hasPadding: boolean;
  /** Azure begins with a chunk about content filters that has no choices. */
  readonly hasEmptyFirst: boolean;
  readonly usage: 'own-chunk' | 'finish-chunk' | 'every-chunk' | 'none';
  readonly hasDone: boolean;
}

const habits: fc.Arbitrary<Habits> = fc.record({
  reasoningName: fc.constantFrom('reasoning_content', 'reasoning'),
  calls: fc.constantFrom('pieces', 'whole', 'same-index', 'repeated-names'),
  takesTurns: fc.boolean(),
  hasRoleEverywhere: fc.boolean(),
  hasNulls: fc.boolean(),
  hasPadding: fc.boolean(),
  hasEmptyFirst: fc.boolean(),
  usage: fc.constantFrom('own-chunk', 'finish-chunk', 'every-chunk', 'none'),
  hasDone: fc.boolean(),
});

const USAGE = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };

/** Streams of Chat Completions chunks that end with a finish reason. */
export const openAiChatStreams: fc.Arbitrary<GeneratedStream> = fc
  .tuple(spokenAnswers, habits, wireSpellings)
  .map(([answer, habit, spelling]) => streamOf(answer, habit, spelling));

function streamOf(answer: SpokenAnswer, habit: Habits, spelling: WireSpelling): GeneratedStream {
  const { reasoning, text, calls } = answer;
  const deltas: readonly JsonObject[] = [
    { role: 'assistant', content: '' },
    ...reasoning.map((piece) => ({ [habit.reasoningName]: piece })),
    ...text.map((content) => ({ content })),
    ...callDeltas(calls, habit).map((call) => ({ tool_calls: [call] })),
  ];
  const finish = calls.length > 0 ? 'tool_calls' : 'stop';
  const chunks = [
    ...(habit.hasEmptyFirst ? [{ id: '', object: '', model: '', choices: [], prompt_filter_results: [] }] : []),
    ...deltas.map((delta) => chunk(delta, null, habit)),
    chunk({}, finish, habit),
    ...(habit.usage === 'own-chunk' ? [{ ...HEAD, choices: [], usage: USAGE }] : []),
  ];
  const events = chunks.map((data): WireEvent => [undefined, data]);
  return {
    bytes: wireBytes(habit.hasDone ? [...events, [undefined, '[DONE]']] : events, spelling),
    text: text.join(''),
    reasoning: reasoning.join(''),
    calls,
  };
}

const HEAD = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'model-1' };

function chunk(delta: JsonObject, finish: string | null, habit: Habits): JsonObject {
  const isLast = finish !== null;
  const hasUsage = habit.usage === 'every-chunk' || (habit.usage === 'finish-chunk' && isLast);
  const role = habit.hasRoleEverywhere ? { role: 'assistant' } : {};
  const nulls = habit.hasNulls ? { refusal: null, ...('content' in delta ? {} : { content: null }) } : {};
  return {
    ...HEAD,
    choices: [{ index: 0, delta: { ...role, ...nulls, ...delta }, logprobs: null, finish_reason: finish }],
    ...(hasUsage && { usage: USAGE }),
    ...(habit.hasPadding && { obfuscation: 'xyz' }),
  };
}

function callDeltas(calls: readonly SpokenCall[], habit: Habits): readonly JsonObject[] {
  const queues = calls.map((call, index) => deltasOfCall(call, index, habit));
  return habit.takesTurns && habit.calls !== 'same-index' ? takeTurns(queues) : queues.flat();
}

function deltasOfCall({ id, name, argumentsJson, parts }: SpokenCall, index: number, { calls }: Habits): JsonObject[] {
  const whole = { id, type: 'function', function: { name, arguments: argumentsJson } };
  if (calls === 'whole') return [{ index, ...whole }];
  if (calls === 'same-index') return [{ index: 0, ...whole }];
  const first = { index, id, type: 'function', function: { name, arguments: '' } };
  if (calls === 'pieces') return [first, ...parts.map((part) => ({ index, function: { arguments: part } }))];
  return [first, ...parts.map((part) => ({ ...first, function: { name, arguments: part } }))];
}

function takeTurns(queues: readonly JsonObject[][]): readonly JsonObject[] {
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue.slice(turn, turn + 1))).flat();
}
