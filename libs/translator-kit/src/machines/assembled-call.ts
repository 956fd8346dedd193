import type { CanonicalEvent, Extensions, Signature } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { mergeExtensions } from './merge-extensions.js';

/** One piece of a streamed tool call. Empty strings mean the same as absent members. */
export interface ToolCallDelta {
  /** The vendor's own number of the call. */
  readonly index?: number | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** The next piece of the arguments, or all of them. */
  readonly argumentsJson?: string | undefined;
  readonly signature?: Signature | undefined;
  /** Members of the piece that the canonical model has not. Those that come after the block began travel on its end. */
  readonly extensions?: Extensions | undefined;
}

/** What a call is told as. */
export interface CallStart {
  readonly id: string;
  readonly name: string;
  readonly index: number;
}

/** A tool call while its pieces come in. */
export class AssembledCall {
  vendorId: string | undefined;
  name: string | undefined;
  /** Arguments that came before the block could start. */
  #pending = '';
  #signature: Signature | undefined;
  #extensions: Extensions | undefined;
  #blockIndex: number | undefined;
  #hasEnded = false;

  /** @param position how many calls began before this one */
  constructor(
    readonly position: number,
    readonly vendorIndex: number | undefined,
  ) {}

  get hasStarted(): boolean {
    return this.#blockIndex !== undefined;
  }

  /** Whether the vendor said anything of the call. */
  get hasSignal(): boolean {
    return this.vendorId !== undefined || this.name !== undefined || this.#pending !== '';
  }

  /** Whether the piece begins another call, though it stands where this one stood. */
  isOver({ id, name, argumentsJson }: ToolCallDelta): boolean {
    if (name === undefined || name === '' || this.name === undefined) return false;
    if (this.vendorId !== undefined) return id !== undefined && id !== '' && id !== this.vendorId;
    const isComplete = isJson(this.#pending);
    return name === this.name ? isComplete && hasText(argumentsJson) : isComplete || this.#pending === '';
  }

  /** @returns how many characters of arguments wait more than before */
  take({ id, name, argumentsJson, signature, extensions }: ToolCallDelta, emit: Emit<CanonicalEvent>): number {
    if (hasText(id)) this.vendorId ??= id;
    if (hasText(name)) this.name ??= name;
    this.#extensions = mergeExtensions(this.#extensions, extensions);
    this.#signature = signature ?? this.#signature;
    if (this.#blockIndex !== undefined) {
      this.#mark(this.#blockIndex, emit);
      if (hasText(argumentsJson)) emit({ type: 'block-delta', index: this.#blockIndex, delta: argumentsJson });
      return 0;
    }
    if (!hasText(argumentsJson)) return 0;
    this.#pending += argumentsJson;
    return argumentsJson.length;
  }

  /** @returns how many characters of arguments wait no longer */
  start({ id, name, index }: CallStart, emit: Emit<CanonicalEvent>): number {
    const pending = this.#pending;
    this.#blockIndex = index;
    this.#pending = '';
    emit({
      type: 'block-start',
      index,
      block: { type: 'tool-call', id, name },
      ...this.#takeExtensions(),
    });
    this.#mark(index, emit);
    if (pending !== '') emit({ type: 'block-delta', index, delta: pending });
    return pending.length;
  }

  end(emit: Emit<CanonicalEvent>): void {
    if (this.#blockIndex === undefined || this.#hasEnded) return;
    this.#hasEnded = true;
    emit({ type: 'block-end', index: this.#blockIndex, ...this.#takeExtensions() });
  }

  #mark(index: number, emit: Emit<CanonicalEvent>): void {
    if (this.#signature === undefined) return;
    emit({ type: 'block-mark', index, signature: this.#signature });
    this.#signature = undefined;
  }

  #takeExtensions(): { extensions?: Extensions } {
    const extensions = this.#extensions;
    this.#extensions = undefined;
    return extensions === undefined ? {} : { extensions };
  }
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // the answer to the question
  }
}
