import type { CanonicalRequest, Extensions, JsonObject, Message } from '@sluice/core';
import { objectsMember, textMember, type AnswerRepair } from '@sluice/translator-kit';
import { readDialect } from '../dialect.js';

/** An answer that stops behind its thinking is seldom the model's wish: asked again, it answers. */
export const ONLY_THINKING_GUIDANCE =
  '[Note from the gateway: the last answer to this had nothing but thinking and was dropped. ' +
  'Answer now, in words or with a tool call.]';

/** What the stream's decoder says at the end of an answer that was cut, or has nothing to read. */
export const answerRepair: AnswerRepair = {
  flawOf: (extensions) => {
    const hint = hintIn(extensions);
    if (hint?.['cutCalls'] !== undefined) return 'cut-call';
    return hint?.['onlyThinking'] === true ? 'only-thinking' : undefined;
  },
  askAgain: ({ extensions }, request, { dialect }) => {
    const { truncationRecovery, truncationRetry } = readDialect(dialect);
    const notes = notesIn(hintIn(extensions));
    return truncationRecovery && truncationRetry && notes.length > 0 ? withNotes(request, notes) : undefined;
  },
};

function hintIn(extensions: Extensions | undefined): JsonObject | undefined {
  return extensions?.['kiro'];
}

/** One for each tool, however many of its calls were cut. */
function notesIn(hint: JsonObject | undefined): readonly string[] {
  if (hint === undefined) return [];
  const cuts = objectsMember(hint, 'cutCalls');
  const byTool = new Map(cuts.map((cut) => [textMember(cut, 'name'), textMember(cut, 'guidance')]));
  const notes = [...byTool.values()].filter((note) => note !== undefined);
  return hint['onlyThinking'] === true && notes.length === 0 ? [ONLY_THINKING_GUIDANCE] : notes;
}

/** The dropped answer is not repeated: to the model this is still its first answer. */
function withNotes(request: CanonicalRequest, notes: readonly string[]): CanonicalRequest {
  const blocks = notes.map((text) => ({ type: 'text', text }) as const);
  const last = request.messages.at(-1);
  const messages: readonly Message[] =
    last?.role === 'user'
      ? [...request.messages.slice(0, -1), { ...last, content: [...last.content, ...blocks] }]
      : [...request.messages, { role: 'user', content: blocks }];
  return { ...request, messages };
}
