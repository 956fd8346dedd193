import { isJsonObject, type JsonObject } from '@sluice/core';
import type { EventStreamMessage } from '@sluice/event-stream';
import { GatewayError } from '@sluice/provider-kit';

/** The tool that the format offers to the model, and that is called here. */
export const SEARCH_TOOL = 'web_search';
/** Characters of all searches of a round; a query is a line. */
const MAX_INPUT_CHARS = 64 * 1024;
/** What a model says before it searches is repeated to it; an answer longer than this is no answer. */
export const MAX_ROUND_CHARS = 8 * 1024 * 1024;
/** Searches that one round may ask for: more are a model in a circle. */
export const MAX_ROUND_SEARCHES = 32;
/** Frames that wait for the end of the last round; vendors send a handful. */
export const MAX_HELD_FRAMES = 256;

/** A search that the model asks for. */
export interface WantedSearch {
  readonly id: string;
  readonly input: JsonObject;
}

/** What becomes of a frame: it goes to the client at once, at the end of the last round, or nowhere. */
export type FrameFate = 'send' | 'hold' | 'drop';

/** One answer of the model on its way to the last one. */
export class SearchRound {
  readonly #inputs = new Map<string, string>();
  readonly #searches: WantedSearch[] = [];
  #held = 0;
  /** What the model has said in it. */
  text = '';
  /** Whether the client has to act. */
  hasOtherCalls = false;
  /** What it cost, in the plan's unit. */
  credits = 0;

  get searches(): readonly WantedSearch[] {
    return this.#searches;
  }

  /** Whether a search was cut off. */
  get isCut(): boolean {
    return this.#inputs.size > 0;
  }

  /** @throws GatewayError `upstream_invalid_response` beyond a limit */
  take({ headers, payload }: EventStreamMessage): FrameFate {
    switch (headers[':event-type']) {
      case 'assistantResponseEvent':
        this.text += textOf(parse(payload), 'content');
        if (this.text.length > MAX_ROUND_CHARS) throw withoutEnd('text');
        return 'send';
      case 'toolUseEvent':
        return this.#takeCall(parse(payload));
      case 'meteringEvent': {
        const { usage } = parse(payload);
        this.credits += typeof usage === 'number' ? usage : 0;
        return this.#hold();
      }
      case 'contextUsageEvent':
      case 'metadataEvent':
        return this.#hold();
      default:
        return 'send';
    }
  }

  #takeCall(piece: JsonObject): FrameFate {
    const id = textOf(piece, 'toolUseId');
    if (textOf(piece, 'name') !== SEARCH_TOOL && !this.#inputs.has(id)) {
      this.hasOtherCalls = true;
      return 'send';
    }
    const { input, stop } = piece;
    const soFar = (this.#inputs.get(id) ?? '') + (isJsonObject(input) ? JSON.stringify(input) : textOf(piece, 'input'));
    if (soFar.length > MAX_INPUT_CHARS) throw withoutEnd('a search');
    this.#inputs.set(id, soFar);
    if (stop !== true) return 'drop';
    this.#inputs.delete(id);
    this.#searches.push({ id, input: parse(Buffer.from(soFar)) });
    if (this.#searches.length > MAX_ROUND_SEARCHES) throw withoutEnd('searches');
    return 'drop';
  }

  #hold(): FrameFate {
    this.#held += 1;
    if (this.#held > MAX_HELD_FRAMES) throw withoutEnd('usage reports');
    return 'hold';
  }
}

function withoutEnd(what: string): GatewayError {
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: `The vendor sent ${what} without end.`,
  });
}

function textOf(value: JsonObject, name: string): string {
  const member = value[name];
  return typeof member === 'string' ? member : '';
}

/** What is no object is an empty one: the model's mistake is told to the model, and another frame's to the format. */
function parse(bytes: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
