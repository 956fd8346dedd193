import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assertWellFormed, type CanonicalEvent } from '@sluice/core';
import type { ClientTranslation, UpstreamTranslation } from '../wire-format.js';
import type { FormatUnderLaw } from './format-under-law.js';
import { eventStreams } from './generators/events.js';
import type { LawRunner } from './law-subject.js';
import { comparableMeaning, meaningOf } from './meaning.js';

/** What holds for streams that we send to clients: any events of the grammar, interleaved ones and failing ones included. */
export function describeEventLaws(law: FormatUnderLaw, runner: LawRunner): void {
  const { client, upstream } = law;
  if (client === undefined) return;
  runner.describe('any events', () => {
    describeEncoding(law, client, runner);
    if (upstream !== undefined) describeReading({ law, client, upstream }, runner);
  });
}

function describeEncoding(law: FormatUnderLaw, client: ClientTranslation, { it }: LawRunner): void {
  it('are encoded purely and deterministically: frozen, and twice to the same frames', () => {
    fc.assert(
      fc.property(eventStreams(), (events) => {
        assert.deepEqual(law.encodeEvents(client, events), law.encodeEvents(client, events));
      }),
      { numRuns: law.numRuns },
    );
  });
}

interface BothSides {
  readonly law: FormatUnderLaw;
  readonly client: ClientTranslation;
  readonly upstream: UpstreamTranslation;
}

function describeReading({ law, client, upstream }: BothSides, { it }: LawRunner): void {
  const readBack = (events: readonly CanonicalEvent[]): readonly CanonicalEvent[] =>
    law.decodeFrames(upstream, law.encodeEvents(client, events));

  it('read back are well-formed and end as they ended', () => {
    fc.assert(
      fc.property(eventStreams(), (events) => {
        const again = readBack(events);

        assertWellFormed(again);
        assert.equal(again.at(-1)?.type, events.at(-1)?.type);
      }),
      { numRuns: law.numRuns },
    );
  });

  it('read back say the same text, reasoning and tool calls', () => {
    fc.assert(
      fc.property(eventStreams({ failing: false }), (events) => {
        assert.deepEqual(comparableMeaning(meaningOf(readBack(events))), comparableMeaning(meaningOf(events)));
      }),
      { numRuns: law.numRuns },
    );
  });

  it('are stable: encoded and read back twice they are what they were after once', () => {
    fc.assert(
      fc.property(eventStreams(), (events) => {
        const once = readBack(events);

        assert.deepEqual(law.comparableEvents(readBack(once)), law.comparableEvents(once));
      }),
      { numRuns: law.numRuns },
    );
  });
}
