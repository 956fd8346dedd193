import type { CanonicalEvent } from '@sluice/core';

export type BlockStartEvent = Extract<CanonicalEvent, { type: 'block-start' }>;
export type BlockPart = Extract<CanonicalEvent, { type: 'block-delta' | 'block-mark' | 'block-end' }>;

/** What an event counts beside its text, so that a flood of empty events is bounded, too. */
const EVENT_CHARS = 64;

/** A block that has begun, but whose turn has not come. Joins consecutive deltas. */
export class WaitingBlock {
  readonly #parts: BlockPart[] = [];
  /** The deltas since the last other part; not in `#parts` yet. */
  #text = '';
  #chars: number;
  #hasEnded = false;

  constructor(readonly start: BlockStartEvent) {
    this.#chars = EVENT_CHARS + sizeOf(start);
  }

  /** What the block counts towards the limit, in UTF-16 units. */
  get chars(): number {
    return this.#chars;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Everything after the start, in order. */
  get parts(): readonly BlockPart[] {
    this.#closeText();
    return this.#parts;
  }

  /** @returns by how much `chars` grew */
  add(part: BlockPart): number {
    const growth = this.#take(part);
    this.#chars += growth;
    return growth;
  }

  #take(part: BlockPart): number {
    if (part.type === 'block-delta') {
      const isFirst = this.#text === '';
      this.#text += part.delta;
      return part.delta.length + (isFirst ? EVENT_CHARS : 0);
    }
    this.#closeText();
    this.#parts.push(part);
    if (part.type === 'block-end') this.#hasEnded = true;
    return EVENT_CHARS + sizeOf(part);
  }

  #closeText(): void {
    if (this.#text === '') return;
    this.#parts.push({ type: 'block-delta', index: this.start.index, delta: this.#text });
    this.#text = '';
  }
}

/** Marks and ends are rare; their JSON is near enough to what they hold. */
function sizeOf(event: BlockStartEvent | BlockPart): number {
  return JSON.stringify(event).length;
}
