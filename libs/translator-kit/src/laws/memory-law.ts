import assert from 'node:assert/strict';
import type { BlockStart, CanonicalEvent, WireFrame } from '@sluice/core';
import type { FormatUnderLaw } from './format-under-law.js';
import { heapGrowth } from './heap-growth.js';
import type { LawRunner } from './law-subject.js';

const DELTAS = 50_000;
/** All deltas together are twenty times what may be left of them. */
const DELTA_CHARS = 400;
const MAX_RETAINED_BYTES = (DELTAS * DELTA_CHARS) / 20;

const KINDS: readonly BlockStart[] = [
  { type: 'text' },
  { type: 'reasoning' },
  { type: 'tool-call', id: 'a', name: 'f' },
];

/**
 * A long answer passes through without staying: what a transformer still holds in the middle of twenty million characters is
 * less than a twentieth of them, with the transformer alive and the collector having run.
 */
export function describeMemoryLaw(law: FormatUnderLaw, runner: LawRunner): void {
  const { client, upstream, subject } = law;
  for (const start of client === undefined ? [] : KINDS) {
    runner.it(`bounded memory: encoding a long ${start.type} keeps nothing of it`, () => {
      const encoder = client && law.createStreamEncoder(client, 'model-1');
      assertBounded(() => {
        for (const event of longBlock(start)) encoder?.push(event, () => undefined);
      });
      encoder?.finish(() => undefined);
    });
  }
  if (upstream === undefined || (client === undefined && subject.longStream === undefined)) return;
  runner.it('bounded memory: decoding a long stream keeps nothing of it', () => {
    const decoder = law.createStreamDecoder(upstream);
    assertBounded(() => {
      for (const frame of longStream(law)) decoder.push(frame, () => undefined);
    });
    decoder.finish(() => undefined);
  });
}

function assertBounded(feed: () => void): void {
  const growth = heapGrowth(feed);
  assert.ok(growth < MAX_RETAINED_BYTES, `${growth} bytes are kept, ${MAX_RETAINED_BYTES} are allowed`);
}

/** The vendor's long stream: the subject's own, or what our encoder says for one. */
function* longStream(law: FormatUnderLaw): Generator<WireFrame> {
  const { client, subject } = law;
  if (subject.longStream !== undefined) {
    yield* subject.longStream(DELTAS);
    return;
  }
  const encoder = client && law.createStreamEncoder(client, 'model-1');
  const frames: WireFrame[] = [];
  for (const event of longBlock({ type: 'text' })) {
    encoder?.push(event, (frame) => frames.push(frame));
    yield* frames.splice(0);
  }
}

/** A block that is still open, with a different text in each delta so that none can be shared. */
function* longBlock(block: BlockStart): Generator<CanonicalEvent> {
  yield { type: 'response-start', id: 'long', model: 'model-1' };
  yield { type: 'block-start', index: 0, block };
  for (let position = 0; position < DELTAS; position += 1) {
    yield { type: 'block-delta', index: 0, delta: `${position}`.padEnd(DELTA_CHARS, 'x') };
  }
}
