import { replayReasoning } from './encode-reasoning.js';
import type { EncodeWarnings } from './encode-warnings.js';
import type { ExchangeFacts } from '../exchange-facts.js';
import type { ToolNames } from '../tool-names.js';
import { userTurn, type AssistantTurn, type Turn, type TurnResult, type UserTurn } from './turn.js';
import type {
  AssistantEntry,
  CachePoint,
  HistoryEntry,
  ToolEntry,
  ToolResult,
  UserContext,
  UserEntry,
  UserInput,
} from '../wire-types.js';

/** A turn that has to be there and has nothing to say. Words would be imitated: models that see "Continue" often say it. */
const NOTHING = ' ';
/** What the current message says when the client said nothing. It is in no history, so nobody learns it. */
const GO_ON = 'Continue';
const ACKNOWLEDGEMENT = 'I will follow these instructions.';

const ORIGIN = 'AI_EDITOR';

const CACHE_POINT: CachePoint = { type: 'default' };

export interface HistoryInput {
  /** Alternating, paired, ending with the user's current turn. */
  readonly turns: readonly Turn[];
  readonly system: string;
  readonly modelId: string;
  readonly facts: ExchangeFacts;
  readonly names: ToolNames;
  readonly tools: readonly ToolEntry[];
  /** Whether the client wants its tools cached. */
  readonly areToolsCached: boolean;
  readonly warnings: EncodeWarnings;
}

export interface EncodedConversation {
  readonly history: readonly HistoryEntry[];
  readonly current: UserInput;
}

/** The history, led by the system prompt as a pair of its own, and the current message. */
export function encodeConversation(input: HistoryInput): EncodedConversation {
  const { turns, system } = input;
  const current = turns.at(-1);
  const earlier = turns.slice(0, -1);
  const leading: HistoryEntry[] =
    system === ''
      ? []
      : [
          { userInputMessage: { ...plainInput(system, input), ...cachePoint(input) } },
          { assistantResponseMessage: { content: ACKNOWLEDGEMENT } },
        ];
  const opening: HistoryEntry[] =
    earlier[0]?.role === 'assistant' ? [{ userInputMessage: plainInput(NOTHING, input) }] : [];
  const told = earlier.map((turn, index) =>
    turn.role === 'user' ? userEntry(turn, input) : assistantEntry(turn, index === earlier.length - 1, input),
  );
  return {
    history: [...leading, ...opening, ...told],
    current: currentInput(current?.role === 'user' ? current : userTurn({}), input),
  };
}

/** Two to three in a request: behind the system prompt, the tools and the last answer. The service takes no more than four. */
function cachePoint({ facts }: HistoryInput): { readonly cachePoint?: CachePoint } {
  return facts.dialect.cachePoints ? { cachePoint: CACHE_POINT } : {};
}

function plainInput(content: string, { modelId }: HistoryInput): UserInput {
  return { content, modelId, origin: ORIGIN };
}

function userEntry(turn: UserTurn, input: HistoryInput): UserEntry {
  const toolResults = turn.results.map(wireResult);
  return {
    userInputMessage: {
      ...plainInput(turn.text !== '' || toolResults.length > 0 ? turn.text : NOTHING, input),
      ...(turn.images.length === 0 ? {} : { images: turn.images }),
      ...(toolResults.length === 0 ? {} : { userInputMessageContext: { toolResults } }),
    },
  };
}

/** A turn with results may stay silent; so may one with images, but not quite. */
function currentInput(turn: UserTurn, input: HistoryInput): UserInput {
  const isSilent = turn.text === '' && turn.results.length === 0;
  const content = !isSilent ? turn.text : turn.images.length > 0 ? NOTHING : GO_ON;
  return {
    ...plainInput(content, input),
    ...(turn.images.length === 0 ? {} : { images: turn.images }),
    userInputMessageContext: {
      ...(turn.results.length === 0 ? {} : { toolResults: turn.results.map(wireResult) }),
      ...(input.tools.length === 0 ? {} : { tools: withCachePoint(input) }),
    },
  };
}

function withCachePoint(input: HistoryInput): NonNullable<UserContext['tools']> {
  const { cachePoint: point } = input.areToolsCached ? cachePoint(input) : {};
  return point === undefined ? input.tools : [...input.tools, { cachePoint: point }];
}

/** @param isLast only this turn's reasoning is of use: the model goes on where its tools have answered */
function assistantEntry(turn: AssistantTurn, isLast: boolean, input: HistoryInput): AssistantEntry {
  const toolUses = turn.calls.map(({ id, name, input: arguments_ }) => ({
    toolUseId: id,
    name: input.names.toWire(name),
    input: arguments_,
  }));
  const isOpenRound = isLast && toolUses.length > 0;
  const proven = isOpenRound ? replayReasoning(turn.reasoning, input.facts.model) : undefined;
  const thinking =
    isOpenRound && proven === undefined && input.facts.reasoning.way === 'tags' ? thinkingText(turn) : '';
  if (turn.reasoning.length > 0 && proven === undefined && thinking === '') {
    input.warnings.add('/messages', 'dropped', 'Reasoning of earlier turns is not sent to Kiro.');
  }
  return {
    assistantResponseMessage: {
      content: [thinking, turn.text].filter((part) => part !== '').join('\n\n') || NOTHING,
      ...(toolUses.length === 0 ? {} : { toolUses }),
      ...(proven === undefined ? {} : { reasoningContent: proven }),
      ...(isLast ? cachePoint(input) : {}),
    },
  };
}

function thinkingText({ reasoning }: AssistantTurn): string {
  const text = reasoning.map((block) => block.text).join('');
  return text === '' ? '' : `<thinking>${text}</thinking>`;
}

function wireResult({ toolUseId, content, status }: TurnResult): ToolResult {
  return { toolUseId, content, status };
}
