import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assertWellFormed, type CanonicalEvent } from '@sluice/core';
import type { UpstreamTranslation } from '../wire-format.js';
import { cutBytes } from './cut-bytes.js';
import type { FormatUnderLaw } from './format-under-law.js';
import type { GeneratedCall, GeneratedStream } from './generators/generated-stream.js';
import type { LawRunner } from './law-subject.js';
import { comparableMeaning, meaningOf } from './meaning.js';

/** Longer samples are not cut at every byte. */
const MAX_BYTEWISE_BYTES = 64 * 1024;

/** What holds for streams that a vendor sends. */
export function describeStreamLaws(law: FormatUnderLaw, runner: LawRunner): void {
  const { upstream, subject } = law;
  if (upstream === undefined) return;
  for (const [name, bytes] of Object.entries(subject.streams ?? {})) {
    runner.describe(`stream ${name}`, () => describeSample({ law, upstream, bytes }, runner));
  }
  const { generatedStreams } = subject;
  if (generatedStreams !== undefined) {
    runner.describe('any stream of the vendor', () => {
      describeGenerated({ law, upstream, streams: generatedStreams }, runner);
    });
  }
}

interface StreamSample {
  readonly law: FormatUnderLaw;
  readonly upstream: UpstreamTranslation;
  readonly bytes: Buffer;
}

function describeSample({ law, upstream, bytes }: StreamSample, { it }: LawRunner): void {
  const whole = (): readonly CanonicalEvent[] => law.decodeBytes(upstream, [bytes]);

  it('is pure and deterministic: frozen frames, and twice the same events', () => {
    assert.deepEqual(whole(), whole());
  });

  it('is chunk-invariant: any cutting of the bytes gives the same events', () => {
    const events = whole();
    if (bytes.length <= MAX_BYTEWISE_BYTES) {
      assert.deepEqual(
        law.decodeBytes(
          upstream,
          cutBytes(
            bytes,
            Array.from(bytes, () => 1),
          ),
        ),
        events,
      );
    }
    fc.assert(
      fc.property(cuttings(bytes.length), (lengths) => {
        assert.deepEqual(law.decodeBytes(upstream, cutBytes(bytes, lengths)), events);
      }),
      { numRuns: Math.min(law.numRuns, 25) },
    );
  });

  it('is well-formed, also when it breaks off after any frame', () => {
    const frames = law.framesOf([bytes]);
    for (let length = 0; length <= frames.length; length += 1) {
      assertWellFormed(law.decodeFrames(upstream, frames.slice(0, length)));
    }
  });

  it('is a failure when it breaks off before its last content', () => {
    const frames = law.framesOf([bytes]);
    const contentAt = lastContentFrame(law, upstream, frames.length, bytes);
    for (let length = 0; length < contentAt; length += 1) {
      const last = law.decodeFrames(upstream, frames.slice(0, length)).at(-1);
      assert.equal(last?.type, 'response-error', `after ${length} frames`);
    }
  });

  const { client } = law;
  if (client === undefined) return;
  it('is lossless: encoded for a client and decoded again it is the same events', () => {
    const events = whole();

    const again = law.decodeFrames(upstream, law.encodeEvents(client, events));

    assert.deepEqual(law.comparableEvents(again), law.comparableEvents(events));
  });
}

/** How many frames come before the one that brings the last delta; 0 when there is none. */
function lastContentFrame(law: FormatUnderLaw, upstream: UpstreamTranslation, count: number, bytes: Buffer): number {
  const decoder = law.createStreamDecoder(upstream);
  let last = 0;
  for (const [position, frame] of law.framesOf([bytes]).entries()) {
    decoder.push(frame, (event) => {
      if (event.type === 'block-delta') last = position;
    });
  }
  return Math.min(last, count);
}

interface GeneratedStreams {
  readonly law: FormatUnderLaw;
  readonly upstream: UpstreamTranslation;
  readonly streams: fc.Arbitrary<GeneratedStream>;
}

function describeGenerated({ law, upstream, streams }: GeneratedStreams, { it }: LawRunner): void {
  it('is well-formed and says what the vendor said, however it is cut', () => {
    fc.assert(
      fc.property(streams, cuttings(400), (stream, lengths) => {
        const events = law.decodeBytes(upstream, cutBytes(stream.bytes, lengths));

        assertWellFormed(events);
        const { text, reasoning, calls } = comparableMeaning(meaningOf(events));
        assert.equal(text, stream.text);
        assert.equal(reasoning, stream.reasoning);
        assert.deepEqual(comparableCalls(calls), comparableCalls(stream.calls));
        assert.equal(new Set(calls.map(({ id }) => id)).size, calls.length, 'ids repeat');
      }),
      { numRuns: law.numRuns },
    );
  });
}

/** Ids are left out: where the vendor gives none, ours stands there. */
function comparableCalls(calls: readonly GeneratedCall[]): readonly GeneratedCall[] {
  return calls.map(({ name, argumentsJson }) => ({ name, argumentsJson: argumentsJson || '{}' }));
}

function cuttings(maxBytes: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: Math.max(2, Math.ceil(maxBytes / 8)) }), { maxLength: 30 });
}
