import type { CanonicalRequest, SseFrame } from '@sluice/core';
import { MAX_EVENT_BYTES, SseParser } from '@sluice/streaming';
import type { TranslatedClient, TranslatedUpstream } from '@sluice/translator-kit';
import { MAX_INPUT_BYTES, SMALL_EVENT_BYTES } from '../bounds.js';
import { corpusOf } from '../corpus/corpus.js';
import { expectThat } from '../fuzz-fault.js';
import { mutateBytes } from '../mutate/mutate-bytes.js';
import { mutateSse } from '../mutate/mutate-sse.js';
import type { Random } from '../random.js';
import { checkAnswerFrames } from './answer-events.js';
import type { Cell, FuzzInput } from './cell.js';
import type { CellMaterial } from './cell-material.js';
import { choose, contextOf, VARIANTS } from './circumstances.js';
import { cutInto, randomCuts } from './cut-input.js';
import { expectBoundedSteps } from './expect-bounded.js';
import { readFrames, type FrameReading } from './read-frames.js';

/** One stream in so many meets the small limit. */
const LIMITS = [SMALL_EVENT_BYTES, ...Array.from({ length: 15 }, () => MAX_EVENT_BYTES)];

/** Streams of one vendor format that come as server-sent events: cut, framed, decoded, and told to a client. */
export class SseCell implements Cell {
  readonly name: string;
  readonly campaign = 'streams';
  readonly unitsOf = eventsIn;
  readonly #upstream: TranslatedUpstream;
  readonly #clients: readonly TranslatedClient[];
  readonly #requests: readonly CanonicalRequest[];
  readonly #seeds: readonly Buffer[];

  constructor(upstream: TranslatedUpstream, { clients, requests, corpus }: CellMaterial) {
    this.name = `streams/sse/${upstream.id}`;
    this.#upstream = upstream;
    this.#clients = clients;
    this.#requests = requests;
    this.#seeds = corpusOf(corpus, upstream.id, 'streams').streams;
  }

  make(random: Random): FuzzInput {
    const seed = random.pick(this.#seeds);
    const known = random.oneIn(5) ? seed : mutateSse(seed, this.#seeds, random);
    const changed = known === seed || random.oneIn(12) ? mutateBytes(known, random) : known;
    const bytes = changed.subarray(0, MAX_INPUT_BYTES);
    return { bytes, cuts: randomCuts(bytes, random), variant: random.below(VARIANTS) };
  }

  check({ bytes, cuts, variant }: FuzzInput): void {
    const maxEventBytes = choose(LIMITS, variant, 'limit');
    const whole = readFrames(new SseParser({ maxEventBytes }), [bytes]);
    const pieces = cutInto(bytes, cuts);
    const reading = readFrames(new SseParser({ maxEventBytes }), pieces);
    checkSameReading(whole, reading);
    for (const { data } of reading.frames) {
      expectThat(data.length <= maxEventBytes, 'an event is larger than its limit', () => String(data.length));
    }
    expectThat(Buffer.concat(pieces).equals(bytes), 'the stream’s bytes were written to');
    this.#observe(reading.frames, bytes.length);
    const exchange = {
      upstream: this.#upstream.id,
      request: choose(this.#requests, variant, 'request'),
      context: contextOf(variant),
      inputBytes: bytes.length,
    };
    const answer = { frames: reading.frames, isBroken: reading.failure !== undefined };
    checkAnswerFrames(this.#upstream, answer, { client: choose(this.#clients, variant, 'client'), exchange });
  }

  #observe(frames: readonly SseFrame[], inputBytes: number): void {
    let seen = 0;
    const observer = this.#upstream.observe?.createStreamObserver();
    for (const frame of frames) observer?.push(frame, () => (seen += 1));
    observer?.finish(() => (seen += 1));
    expectBoundedSteps('observations', seen, inputBytes);
  }
}

/** Events with the blank line behind each. */
function eventsIn(bytes: Buffer): readonly Buffer[] {
  return (bytes.toString('latin1').match(/[^]+?(?:\n\n|$)/g) ?? []).map((event) => Buffer.from(event, 'latin1'));
}

function checkSameReading(whole: FrameReading<SseFrame>, cut: FrameReading<SseFrame>): void {
  expectThat(whole.failure === cut.failure, 'the framing fails otherwise when the bytes are cut');
  const isSame =
    whole.frames.length === cut.frames.length &&
    whole.frames.every(({ event, data }, at) => data === cut.frames[at]?.data && event === cut.frames[at]?.event);
  expectThat(isSame, 'the framing gives other frames when the bytes are cut');
}
