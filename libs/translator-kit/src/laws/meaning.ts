import type { CanonicalEvent } from '@sluice/core';

/** What a reader of a stream takes from it, whatever its blocks. */
export interface StreamMeaning {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly argumentsJson: string }[];
}

/** Reads events without the accumulator, so that the two can disagree. */
export function meaningOf(events: readonly CanonicalEvent[]): StreamMeaning {
  const said = { text: '', reasoning: '', refusal: '' };
  const calls: { id: string; name: string; argumentsJson: string }[] = [];
  for (const event of events) {
    if (event.type !== 'block-start') continue;
    const { block, index } = event;
    const words = deltasOf(events, index);
    if (block.type === 'text' || block.type === 'reasoning' || block.type === 'refusal') said[block.type] += words;
    if (block.type === 'tool-call') calls.push({ id: block.id, name: block.name, argumentsJson: words });
  }
  return { ...said, calls };
}

/** The same, where a tool call without arguments may say so or say nothing. */
export function comparableMeaning(meaning: StreamMeaning): StreamMeaning {
  const calls = meaning.calls.map((call) => ({ ...call, argumentsJson: call.argumentsJson || '{}' }));
  return { ...meaning, calls };
}

function deltasOf(events: readonly CanonicalEvent[], index: number): string {
  return events.map((event) => (event.type === 'block-delta' && event.index === index ? event.delta : '')).join('');
}
