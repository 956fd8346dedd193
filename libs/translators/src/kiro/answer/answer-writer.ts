import type { CanonicalEvent, Extensions, Signature } from '@sluice/core';
import type { Emit } from '@sluice/streaming';

type StreamedBlock = 'text' | 'reasoning';

/** Writes an answer's blocks one after the other: what does not fit into the open one closes it. */
export class AnswerWriter {
  readonly #start: CanonicalEvent;
  #hasStarted = false;
  #nextIndex = 0;
  #open: { readonly type: StreamedBlock; readonly index: number } | undefined;
  readonly #written = new Set<StreamedBlock | 'tool-call'>();

  /** @param start emitted before the first other event */
  constructor(start: Extract<CanonicalEvent, { type: 'response-start' }>) {
    this.#start = start;
  }

  /** Whether a block of the type has begun. */
  has(type: StreamedBlock | 'tool-call'): boolean {
    return this.#written.has(type);
  }

  get isEmpty(): boolean {
    return this.#written.size === 0;
  }

  begin(emit: Emit<CanonicalEvent>): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    emit(this.#start);
  }

  append(type: StreamedBlock, delta: string, emit: Emit<CanonicalEvent>): void {
    emit({ type: 'block-delta', index: this.#blockOf(type, emit), delta });
  }

  /** A proof of the open reasoning, or of reasoning that is not shown. */
  mark(mark: { readonly signature?: Signature; readonly redacted?: string }, emit: Emit<CanonicalEvent>): void {
    emit({ type: 'block-mark', index: this.#blockOf('reasoning', emit), ...mark });
  }

  /** A whole call. */
  call(
    call: { readonly id: string; readonly name: string; readonly argumentsJson: string },
    emit: Emit<CanonicalEvent>,
  ): void {
    this.close(emit);
    this.begin(emit);
    const index = this.#nextIndex++;
    this.#written.add('tool-call');
    emit({ type: 'block-start', index, block: { type: 'tool-call', id: call.id, name: call.name } });
    emit({ type: 'block-delta', index, delta: call.argumentsJson });
    emit({ type: 'block-end', index });
  }

  /** A whole call of a tool that the vendor runs, or its result. `extensions`: the block in the words of its own format. */
  serverTool(
    tool: { readonly id: string; readonly tool: string; readonly extensions?: Extensions; readonly inputJson: string },
    emit: Emit<CanonicalEvent>,
  ): void {
    this.close(emit);
    this.begin(emit);
    const index = this.#nextIndex++;
    const { extensions } = tool;
    const block = { type: 'server-tool', id: tool.id, tool: tool.tool } as const;
    emit({ type: 'block-start', index, block, ...(extensions && { extensions }) });
    if (tool.inputJson !== '') emit({ type: 'block-delta', index, delta: tool.inputJson });
    emit({ type: 'block-end', index });
  }

  /** Ends the open block, if any. */
  close(emit: Emit<CanonicalEvent>): void {
    if (this.#open === undefined) return;
    emit({ type: 'block-end', index: this.#open.index });
    this.#open = undefined;
  }

  #blockOf(type: StreamedBlock, emit: Emit<CanonicalEvent>): number {
    if (this.#open?.type === type) return this.#open.index;
    this.close(emit);
    this.begin(emit);
    const index = this.#nextIndex++;
    this.#open = { type, index };
    this.#written.add(type);
    emit({ type: 'block-start', index, block: { type } });
    return index;
  }
}
