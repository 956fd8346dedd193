import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import type { WantedSearch } from './search-round.js';

/** A turn that has to be there and has nothing to say. */
const NOTHING = ' ';

/** What a search found, or why it found nothing, in words for the model. */
export interface SearchResult {
  readonly text: string;
  readonly isError: boolean;
  /** The vendor's own answer; absent = there was none. */
  readonly reply?: string;
}

/** A search with its result. */
export interface FinishedSearch extends WantedSearch, SearchResult {}

/**
 * The request that follows a round: what was current is history, the model's answer with its searches comes behind it, and
 * their results are what the user says next. The tools stay.
 */
export function nextRound(body: Buffer, text: string, searches: readonly FinishedSearch[]): Buffer {
  const request = JSON.parse(body.toString()) as JsonObject; // our own format wrote it
  const state = object(request['conversationState']);
  const input = object(object(state['currentMessage'])['userInputMessage']);
  const { tools, ...context } = object(input['userInputMessageContext']);
  const { modelId, origin } = input;
  const said = { ...without(input, 'userInputMessageContext'), ...filled('userInputMessageContext', context) };
  const toolUses = searches.map(({ id, input: asked }) => ({ toolUseId: id, name: 'web_search', input: asked }));
  const toolResults = searches.map(({ id, text: found, isError }) => ({
    toolUseId: id,
    content: [{ text: found }],
    status: isError ? 'error' : 'success',
  }));
  const history = Array.isArray(state['history']) ? state['history'] : [];
  return Buffer.from(
    JSON.stringify({
      ...request,
      conversationState: {
        ...state,
        currentMessage: {
          userInputMessage: {
            content: '',
            ...(modelId === undefined ? {} : { modelId }),
            ...(origin === undefined ? {} : { origin }),
            userInputMessageContext: { ...(tools === undefined ? {} : { tools }), toolResults },
          },
        },
        history: [
          ...history,
          { userInputMessage: said },
          { assistantResponseMessage: { content: text === '' ? NOTHING : text, toolUses } },
        ],
      },
    }),
  );
}

function object(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
}

function filled(name: string, value: JsonObject): JsonObject {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}
