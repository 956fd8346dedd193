import type { CanonicalEvent } from '@sluice/core';

/**
 * Events that say the same in one way: deltas of a block that follow each other are joined, empty ones left out, and blocks
 * numbered from 0 in the order of their start. Where a vendor cut its deltas has no meaning.
 */
export function joinDeltas(events: readonly CanonicalEvent[]): readonly CanonicalEvent[] {
  const joined: CanonicalEvent[] = [];
  const indices = new Map<number, number>();
  for (const original of events) {
    const event = renumber(original, indices);
    const last = joined.at(-1);
    if (event.type !== 'block-delta') joined.push(event);
    else if (event.delta === '') continue;
    else if (last?.type === 'block-delta' && last.index === event.index) {
      joined[joined.length - 1] = { ...last, delta: last.delta + event.delta };
    } else joined.push(event);
  }
  return joined;
}

function renumber(event: CanonicalEvent, indices: Map<number, number>): CanonicalEvent {
  if (!('index' in event)) return event;
  if (event.type === 'block-start') indices.set(event.index, indices.size);
  return { ...event, index: indices.get(event.index) ?? event.index };
}
