import { invalidResponse } from '@sluice/translator-kit';

/** Calls in one answer, and characters that all of their arguments may have; far above what the vendor lets through. */
export const MAX_TOOL_CALLS = 1024;
export const MAX_ARGUMENT_CHARS = 16 * 1024 * 1024;

/** A call of which all arguments are here, or all that will ever be. */
export interface CollectedCall {
  readonly id: string;
  /** The vendor's name of the tool. */
  readonly name: string;
  readonly json: string;
  readonly hasStopped: boolean;
}

interface OpenCall {
  readonly id: string;
  name: string;
  json: string;
}

/** The piece of a call that one frame brings. */
export interface ToolPiece {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly input: string;
  readonly hasStopped: boolean;
}

/**
 * Collects calls by their id until the vendor says that one is complete. Several may be open at once. A frame without an id
 * belongs to the call that was last spoken of; a frame behind a call's end is ignored.
 *
 * Not the kit's assembler: this vendor marks the end of each call, and only a call that reached it may be shown.
 */
export class ToolCalls {
  /** In the order in which they began. */
  readonly #open = new Map<string, OpenCall>();
  readonly #stopped = new Set<string>();
  #last: OpenCall | undefined;
  #chars = 0;

  /** Whether a call has come to its end. */
  get hasStopped(): boolean {
    return this.#stopped.size > 0;
  }

  /**
   * @returns the call that this piece completes
   * @throws GatewayError `upstream_invalid_response` beyond a limit, and for a piece of no call
   */
  take({ id, name, input, hasStopped }: ToolPiece): CollectedCall | undefined {
    if (id !== undefined && this.#stopped.has(id)) return undefined;
    const call = id === undefined ? this.#last : (this.#open.get(id) ?? this.#add(id));
    if (call === undefined) {
      if (this.hasStopped) return undefined;
      throw invalidResponse('The vendor sent a piece of a tool call that belongs to none.');
    }
    this.#last = call;
    call.name ||= name ?? '';
    call.json += input;
    this.#chars += input.length;
    if (this.#chars > MAX_ARGUMENT_CHARS) throw invalidResponse('The vendor sent more tool arguments than fit.');
    if (!hasStopped) return undefined;
    this.#open.delete(call.id);
    this.#stopped.add(call.id);
    this.#last = undefined;
    return { ...call, hasStopped: true };
  }

  /** The calls that never came to their end. */
  takeOpen(): readonly CollectedCall[] {
    const open = [...this.#open.values()].map((call) => ({ ...call, hasStopped: false }));
    this.#open.clear();
    return open;
  }

  #add(id: string): OpenCall {
    if (this.#open.size + this.#stopped.size >= MAX_TOOL_CALLS) {
      throw invalidResponse(`The vendor sent more than ${MAX_TOOL_CALLS} tool calls.`);
    }
    const call: OpenCall = { id, name: '', json: '' };
    this.#open.set(id, call);
    return call;
  }
}
