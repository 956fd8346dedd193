import type { JsonObject, ReasoningBlock } from '@sluice/core';
import type { KiroImage, ToolResult } from '../wire-types.js';

/** A call in a turn. `path` is where it stood in the request, for warnings. */
export interface TurnCall {
  readonly id: string;
  /** The client's name. */
  readonly name: string;
  readonly input: JsonObject;
  readonly path: string;
}

export interface TurnResult extends ToolResult {
  readonly path: string;
}

export interface UserTurn {
  readonly role: 'user';
  readonly text: string;
  readonly images: readonly KiroImage[];
  readonly results: readonly TurnResult[];
}

export interface AssistantTurn {
  readonly role: 'assistant';
  readonly text: string;
  readonly calls: readonly TurnCall[];
  readonly reasoning: readonly ReasoningBlock[];
}

/** One side's part of the conversation, in the vendor's terms: text, images, calls and results stand in lists of their own. */
export type Turn = UserTurn | AssistantTurn;

/** A user turn of which the named parts are there. */
export function userTurn(parts: Partial<Omit<UserTurn, 'role'>>): UserTurn {
  return { role: 'user', text: '', images: [], results: [], ...parts };
}

/** An assistant turn of which the named parts are there. */
export function assistantTurn(parts: Partial<Omit<AssistantTurn, 'role'>>): AssistantTurn {
  return { role: 'assistant', text: '', calls: [], reasoning: [], ...parts };
}
