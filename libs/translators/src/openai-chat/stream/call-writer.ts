import type { BlockStart, CanonicalEvent, JsonObject, Signature } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { invalidResponse, MAX_PENDING_ARGUMENT_CHARS, restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import type { ClientHabits } from '../response/client-habits.js';
import { extraContent } from '../thought-signature.js';
import { unwrapCustomInput } from '../tool-arguments.js';
import type { ChunkTemplate } from './chunk-template.js';

type CallStart = Extract<CanonicalEvent, { type: 'block-start' }> & {
  readonly block: Extract<BlockStart, { type: 'tool-call' }>;
};
type BlockEnd = Extract<CanonicalEvent, { type: 'block-end' }>;

const NO_ARGUMENTS = '{}';

/** One tool call as deltas. It has the number that it has among the calls, not among the blocks. */
export interface CallWriter {
  start(event: CallStart, emit: Emit<string>): void;
  /** @throws GatewayError `upstream_invalid_response` when more waits than can be held */
  delta(piece: string, emit: Emit<string>): void;
  sign(signature: Signature, emit: Emit<string>): void;
  end(event: BlockEnd, emit: Emit<string>): void;
}

export interface CallWriterOptions {
  readonly template: ChunkTemplate;
  readonly habits: ClientHabits;
  /** How many calls began before. */
  readonly position: number;
}

/** The writer that fits the tool and the client. */
export function createCallWriter(start: CallStart, { template, habits, position }: CallWriterOptions): CallWriter {
  if (habits.isLegacy) return position === 0 ? new LegacyCallWriter(template) : SILENT;
  const isCustom = carriedBy(start)?.['type'] === 'custom' || habits.customTools.has(start.block.name);
  return isCustom ? new CustomCallWriter(template, position) : new FunctionCallWriter(template, position);
}

class FunctionCallWriter implements CallWriter {
  #hasArguments = false;
  #isSigned = false;

  constructor(
    private readonly template: ChunkTemplate,
    private readonly position: number,
  ) {}

  start(event: CallStart, emit: Emit<string>): void {
    const { id, name } = event.block;
    const carried = carriedBy(event);
    this.#isSigned = carried?.['extra_content'] !== undefined;
    this.#emit(restoreMembers({ id, type: 'function', function: { name, arguments: '' } }, carried), emit);
  }

  delta(piece: string, emit: Emit<string>): void {
    if (piece === '') return;
    this.#hasArguments = true;
    emit(this.template.callArguments(this.position, piece));
  }

  sign(signature: Signature, emit: Emit<string>): void {
    const members = this.#isSigned ? undefined : extraContent(signature);
    if (members !== undefined) this.#emitBeside(members, emit);
  }

  end(event: BlockEnd, emit: Emit<string>): void {
    if (!this.#hasArguments) emit(this.template.callArguments(this.position, NO_ARGUMENTS));
    const late = carriedBy(event);
    if (late !== undefined) this.#emitBeside(late, emit);
  }

  /** With a function that says nothing: some clients refuse a piece of a call without one. */
  #emitBeside(members: JsonObject, emit: Emit<string>): void {
    this.#emit(restoreMembers({ function: { arguments: '' } }, members), emit);
  }

  #emit(members: JsonObject, emit: Emit<string>): void {
    emit(this.template.delta({ tool_calls: [{ index: this.position, ...members }] }));
  }
}

/** The text of a custom call stands inside JSON, which can only be read whole. */
class CustomCallWriter implements CallWriter {
  #call: JsonObject = {};
  #name = '';
  #argumentsJson = '';

  constructor(
    private readonly template: ChunkTemplate,
    private readonly position: number,
  ) {}

  start(event: CallStart): void {
    this.#name = event.block.name;
    this.#call = restoreMembers({ id: event.block.id, type: 'custom' }, carriedBy(event));
  }

  delta(piece: string): void {
    this.#argumentsJson += piece;
    if (this.#argumentsJson.length > MAX_PENDING_ARGUMENT_CHARS) {
      throw invalidResponse('The vendor sent more text to a custom tool than can be held.');
    }
  }

  sign(): void {}

  end(event: BlockEnd, emit: Emit<string>): void {
    const custom = { name: this.#name, input: unwrapCustomInput(this.#argumentsJson) };
    const call = restoreMembers(
      restoreMembers({ index: this.position, ...this.#call, custom }, this.#call),
      carriedBy(event),
    );
    emit(this.template.delta({ tool_calls: [call] }));
  }
}

/** Clients from before there were tools. They know one call per answer. */
class LegacyCallWriter implements CallWriter {
  #hasArguments = false;

  constructor(private readonly template: ChunkTemplate) {}

  start({ block }: CallStart, emit: Emit<string>): void {
    emit(this.template.delta({ function_call: { name: block.name, arguments: '' } }));
  }

  delta(piece: string, emit: Emit<string>): void {
    if (piece === '') return;
    this.#hasArguments = true;
    emit(this.template.delta({ function_call: { arguments: piece } }));
  }

  sign(): void {}

  end(_event: BlockEnd, emit: Emit<string>): void {
    if (!this.#hasArguments) this.delta(NO_ARGUMENTS, emit);
  }
}

const SILENT: CallWriter = { start: () => {}, delta: () => {}, sign: () => {}, end: () => {} };
