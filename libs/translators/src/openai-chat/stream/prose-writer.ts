import type { CanonicalEvent } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { BlockSequencer } from '@sluice/translator-kit';
import { annotationOf } from '../response/annotation-of.js';
import { reasoningMember } from '../response/encode-reasoning.js';
import type { ChunkTemplate } from './chunk-template.js';

/** Blocks that a client reads as one text each. */
export type ProseKind = 'text' | 'reasoning' | 'refusal';

const MEMBERS: Readonly<Record<ProseKind, string>> = {
  text: 'content',
  reasoning: 'reasoning_content',
  refusal: 'refusal',
};

/** The text is told by the details, which travel by themselves. */
const IN_DETAILS = 'reasoning_details';

/**
 * All blocks of one kind as one text: clients join what they get, so a block that begins before another of its kind has
 * ended must wait.
 */
export class ProseWriter {
  readonly #kind: ProseKind;
  readonly #template: ChunkTemplate;
  readonly #sequencer = new BlockSequencer();
  #memberJson: string | undefined;
  #written = 0;
  #blockStart = 0;

  constructor(kind: ProseKind, template: ChunkTemplate) {
    this.#kind = kind;
    this.#template = template;
  }

  /** @throws GatewayError `upstream_invalid_response` when more waits than can be held */
  push(event: CanonicalEvent, emit: Emit<string>): void {
    this.#sequencer.push(event, (next) => this.#write(next, emit));
  }

  #write(event: CanonicalEvent, emit: Emit<string>): void {
    switch (event.type) {
      case 'block-start': {
        const member = reasoningMember(event) ?? MEMBERS[this.#kind];
        this.#memberJson = member === IN_DETAILS ? undefined : JSON.stringify(member);
        this.#blockStart = this.#written;
        return;
      }
      case 'block-delta':
        if (event.delta === '' || this.#memberJson === undefined) return;
        this.#written += event.delta.length;
        emit(this.#template.text(this.#memberJson, event.delta));
        return;
      case 'block-mark': {
        const range = { start: this.#blockStart, end: this.#written };
        const annotation = event.citation && annotationOf(event.citation, range);
        if (annotation !== undefined) emit(this.#template.delta({ annotations: [annotation] }));
        return;
      }
      case 'response-error':
        throw event.error; // the sequencer's limit
      default:
        return;
    }
  }
}
