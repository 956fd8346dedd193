import type { CanonicalEvent, ContentBlock } from '@sluice/core';
import type { StreamTransformer } from '@sluice/streaming';
import type { Exchange } from './exchange.js';

/** Keeps count of a translated answer, for the case that its vendor does not. Only numbers are kept. */
export class ContentMeter {
  /** Blocks whose deltas are base64; undefined = there was none. */
  #media: Set<number> | undefined;

  constructor(private readonly exchange: Exchange) {
    exchange.contentChars = 0;
  }

  see(event: CanonicalEvent): void {
    switch (event.type) {
      case 'block-start':
        if (event.block.type === 'image' || event.block.type === 'audio') (this.#media ??= new Set()).add(event.index);
        break;
      case 'block-delta':
        if (this.#media?.has(event.index) === true) break;
        this.exchange.contentChars = (this.exchange.contentChars ?? 0) + event.delta.length;
        break;
      case 'usage':
        this.exchange.reportUsage(event.usage);
        break;
      default: // the others bring no content
    }
  }
}

/** The meter as a stage that changes nothing. */
export function metered(exchange: Exchange): StreamTransformer<CanonicalEvent, CanonicalEvent> {
  const meter = new ContentMeter(exchange);
  return {
    push: (event, emit) => {
      meter.see(event);
      emit(event);
    },
    finish: () => {},
  };
}

/** How many characters the blocks of a whole answer have; media are not counted by their length. */
export function contentCharsOf(content: readonly ContentBlock[]): number {
  let chars = 0;
  for (const block of content) {
    if (block.type === 'text' || block.type === 'reasoning' || block.type === 'refusal') chars += block.text.length;
    else if (block.type === 'tool-call') chars += block.name.length + block.argumentsJson.length;
  }
  return chars;
}
