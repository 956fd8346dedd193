import type { JsonObject, JsonValue } from '@sluice/core';
import {
  invalidRequest,
  objectMember,
  objectsMember,
  parseRequestBody,
  serialiseBody,
  textMember,
  type Envelope,
} from '@sluice/translator-kit';

const MODEL_MEMBER = 'userInputMessage.modelId';

/** The model stands on every user message, the current one's counts. Answers are always streamed. */
export const envelope: Envelope = {
  read({ body }) {
    const model = textMember(currentInput(parseRequestBody(body)), 'modelId');
    if (model === undefined) throw invalidRequest(`The current message has no "${MODEL_MEMBER}".`, MODEL_MEMBER);
    return { model, stream: true };
  },

  withModel(call, model) {
    const body = parseRequestBody(call.body);
    if (textMember(currentInput(body), 'modelId') === model) return call;
    const state = objectMember(body, 'conversationState') ?? {};
    const history = objectsMember(state, 'history');
    const conversationState = {
      ...state,
      currentMessage: withModelId(objectMember(state, 'currentMessage') ?? {}, model),
      ...(history.length === 0 ? {} : { history: history.map((entry) => withModelId(entry, model)) }),
    };
    return { ...call, body: serialiseBody({ ...body, conversationState } as JsonValue) };
  },
};

function currentInput(body: JsonObject): JsonObject | undefined {
  return objectMember(objectMember(objectMember(body, 'conversationState'), 'currentMessage'), 'userInputMessage');
}

/** Assistants' entries have no model. */
function withModelId(entry: JsonObject, modelId: string): JsonObject {
  const input = objectMember(entry, 'userInputMessage');
  return input === undefined ? entry : { ...entry, userInputMessage: { ...input, modelId } };
}
