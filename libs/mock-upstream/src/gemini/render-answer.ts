import type { JsonObject } from '@sluice/core';
import { contentFrame, terminalFrame, type Frame } from '../answer-plan.js';
import type { MockAnswer } from '../vendor-dialect.js';

const FINISH_REASONS = { stop: 'STOP', length: 'MAX_TOKENS', 'tool-calls': 'STOP' } as const;

/** A whole answer. @see https://ai.google.dev/api/generate-content#generatecontentresponse */
export function renderAnswer(answer: MockAnswer): string {
  const parts = answer.toolCalls.length > 0 ? callParts(answer) : [{ text: answer.pieces.join('') }];
  return JSON.stringify(
    chunk(answer, parts, { finishReason: FINISH_REASONS[answer.finish], output: answer.usage.output }),
  );
}

/** A streamed answer: one event per piece, calls whole; the last has the finish reason. Lines end in CRLF, as Google's do. */
export function renderStream(answer: MockAnswer): readonly Frame[] {
  const steps = answer.toolCalls.length > 0 ? callParts(answer) : answer.pieces.map((text) => ({ text }));
  const end = { finishReason: FINISH_REASONS[answer.finish], output: answer.usage.output };
  return [
    ...steps.map((part) => contentFrame(event(chunk(answer, [part], {})))),
    terminalFrame(event(chunk(answer, [{ text: '' }], end))),
  ];
}

/** An event between Google's line ends. */
export function event(data: JsonObject): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

interface ChunkEnd {
  readonly finishReason?: string;
  readonly output?: number;
}

function chunk({ usage, model, digest }: MockAnswer, parts: readonly JsonObject[], end: ChunkEnd): JsonObject {
  const { finishReason, output = 0 } = end;
  return {
    candidates: [
      { content: { parts, role: 'model' }, ...(finishReason === undefined ? {} : { finishReason }), index: 0 },
    ],
    usageMetadata: {
      promptTokenCount: usage.input,
      ...(output === 0 ? {} : { candidatesTokenCount: output }),
      totalTokenCount: usage.input + output,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.input }],
    },
    modelVersion: model,
    responseId: digest,
  };
}

/** Calls come without ids. */
function callParts({ toolCalls }: MockAnswer): readonly JsonObject[] {
  return toolCalls.map(({ name, argumentsJson }) => ({
    functionCall: { name, args: JSON.parse(argumentsJson) as JsonObject }, // made by the mock itself
  }));
}
