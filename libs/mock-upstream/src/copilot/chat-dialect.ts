import type { JsonObject } from '@sluice/core';
import { contentFrame, structureFrame, type Frame } from '../answer-plan.js';
import { OPENAI_DIALECT } from '../openai/openai-dialect.js';
import { readChatRequest } from '../openai/read-chat-request.js';
import { renderChunks } from '../openai/render-chunks.js';
import {
  CREATED_SECONDS,
  finishReason,
  renderCompletion,
  renderUsage,
  toolCallId,
} from '../openai/render-completion.js';
import { sseEvent } from '../sse-event.js';
import { RequestRefusal, type MockAnswer, type VendorDialect } from '../vendor-dialect.js';
import { isForCopilot } from './is-for-copilot.js';

const CHAT_PATH = '/chat/completions';
const EDITOR_HEADER = 'editor-version';
/** What Claude says before it calls a tool, in a choice of its own. */
export const BEFORE_CALLS = 'Let me look.';
/** And what it thinks, in a member of the vendor's own. */
export const THOUGHT = 'A tool knows.';

/** Chat completions of GitHub Copilot: Claude's text and its calls come in choices of their own, without a role or an index. */
export const COPILOT_CHAT_DIALECT: VendorDialect = {
  ...OPENAI_DIALECT,
  name: 'copilot-chat',
  endpoint: (request) =>
    request.method === 'POST' && request.path === CHAT_PATH && isForCopilot(request) ? 'inference' : undefined,
  claims: (request) => request.path === CHAT_PATH && isForCopilot(request),
  readRequest: (body, { headers }) => {
    if (headers[EDITOR_HEADER] === undefined) throw new RequestRefusal('missing Editor-Version header for IDE auth');
    return readChatRequest(body);
  },
  renderAnswer: (answer) => (isSplit(answer) ? renderSplit(answer) : renderCompletion(answer)),
  renderStream: (answer) => (isSplit(answer) ? splitChunks(answer) : renderChunks(answer)),
};

function isSplit({ model, toolCalls }: MockAnswer): boolean {
  return model.startsWith('claude') && toolCalls.length > 0;
}

function renderSplit(answer: MockAnswer): string {
  const choice = (message: JsonObject): JsonObject => ({
    finish_reason: finishReason(answer),
    message: { role: 'assistant', ...message },
  });
  return JSON.stringify({
    id: `chatcmpl-${answer.digest}`,
    created: CREATED_SECONDS,
    model: answer.model,
    choices: [
      choice({ content: BEFORE_CALLS, reasoning_text: THOUGHT }),
      choice({ content: null, tool_calls: callsOf(answer) }),
    ],
    usage: renderUsage(answer),
  });
}

/** As ordinary chunks, after one with the text that has no role and one with the thought. */
function splitChunks(answer: MockAnswer): readonly Frame[] {
  const delta = (content: JsonObject): string =>
    sseEvent({
      id: `chatcmpl-${answer.digest}`,
      created: CREATED_SECONDS,
      model: answer.model,
      choices: [{ index: 0, delta: content }],
    });
  const [, ...rest] = renderChunks(answer);
  return [
    structureFrame(sseEvent({ choices: [], created: 0, id: '', prompt_filter_results: [] })),
    contentFrame(delta({ reasoning_text: THOUGHT })),
    contentFrame(delta({ content: BEFORE_CALLS })),
    ...rest,
  ];
}

function callsOf(answer: MockAnswer): readonly JsonObject[] {
  return answer.toolCalls.map((call, index) => ({
    id: toolCallId(answer, index),
    type: 'function',
    function: { name: call.name, arguments: call.argumentsJson },
  }));
}
