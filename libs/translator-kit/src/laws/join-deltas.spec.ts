import type { CanonicalEvent } from '@sluice/core';
import { cutBytes } from './cut-bytes.js';
import { joinDeltas } from './join-deltas.js';

const delta = (index: number, words: string): CanonicalEvent => ({ type: 'block-delta', index, delta: words });
const start = (index: number): CanonicalEvent => ({ type: 'block-start', index, block: { type: 'text' } });

describe('joinDeltas', () => {
  it('joins what follows each other in one block and numbers blocks by their start', () => {
    expect(joinDeltas([start(4), delta(4, 'a'), delta(4, ''), delta(4, 'b'), start(2), delta(4, 'c')])).toEqual([
      start(0), delta(0, 'ab'), start(1), delta(0, 'c'),
    ]); // prettier-ignore
  });

  it('keeps deltas of different blocks apart', () => {
    const events = [start(0), start(1), delta(0, 'a'), delta(1, 'b')];

    expect(joinDeltas(events)).toEqual(events);
  });
});

describe('cutBytes', () => {
  it('gives all bytes in pieces of these lengths', () => {
    expect(cutBytes(Buffer.from('abcdef'), [1, 3]).map(String)).toEqual(['a', 'bcd', 'ef']);
    expect(cutBytes(Buffer.from('ab'), [9]).map(String)).toEqual(['ab', '']);
  });
});
