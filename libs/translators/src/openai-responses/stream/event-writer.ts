import type { JsonObject, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';

/** Numbers the events of one stream and writes each under its own name. */
export class EventWriter {
  #nextNumber = 0;

  /** The number of the next event. */
  get nextNumber(): number {
    return this.#nextNumber;
  }

  write(type: string, members: JsonObject, emit: Emit<SseFrame>): void {
    const event = { type, sequence_number: this.#nextNumber++, ...members };
    emit({ kind: 'sse', event: type, data: JSON.stringify(event) });
  }
}
