import { isDeepStrictEqual } from 'node:util';
import type { BinaryFrame, CanonicalRequest } from '@sluice/core';
import { encodeMessage, EventStreamDecoder, MAX_MESSAGE_BYTES, type EventStreamMessage } from '@sluice/event-stream';
import type { TranslatedClient, TranslatedUpstream } from '@sluice/translator-kit';
import { MAX_INPUT_BYTES } from '../bounds.js';
import { corpusOf } from '../corpus/corpus.js';
import { expectThat } from '../fuzz-fault.js';
import { mutateBytes } from '../mutate/mutate-bytes.js';
import { mutateFrames } from '../mutate/mutate-frames.js';
import type { Random } from '../random.js';
import { allowing, UPSTREAM_KINDS } from './allowed-refusals.js';
import { checkAnswerFrames } from './answer-events.js';
import type { Cell, FuzzInput } from './cell.js';
import type { CellMaterial } from './cell-material.js';
import { choose, contextOf, VARIANTS } from './circumstances.js';
import { cutInto, randomCuts } from './cut-input.js';
import { expectBoundedSteps } from './expect-bounded.js';
import { readFrames } from './read-frames.js';

/** Prelude and checksum of a message that says nothing. */
const MIN_MESSAGE_BYTES = 16;

/** Streams of one vendor format that come as AWS event streams: cut, framed strictly and tolerantly, decoded, told to a client. */
export class FrameCell implements Cell {
  readonly name: string;
  readonly campaign = 'frames';
  readonly unitsOf = messagesIn;
  readonly #upstream: TranslatedUpstream;
  readonly #clients: readonly TranslatedClient[];
  readonly #requests: readonly CanonicalRequest[];
  readonly #seeds: readonly (readonly BinaryFrame[])[];

  constructor(upstream: TranslatedUpstream, { clients, requests, corpus }: CellMaterial) {
    this.name = `frames/aws-event-stream/${upstream.id}`;
    this.#upstream = upstream;
    this.#clients = clients;
    this.#requests = requests;
    this.#seeds = corpusOf(corpus, upstream.id, 'frames').frames;
  }

  make(random: Random): FuzzInput {
    const known = mutateFrames(random.pick(this.#seeds), random.pick(this.#seeds), random);
    const changed = random.oneIn(8) ? mutateBytes(known, random) : known;
    const bytes = changed.subarray(0, MAX_INPUT_BYTES);
    return { bytes, cuts: randomCuts(bytes, random), variant: random.below(VARIANTS) };
  }

  check({ bytes, cuts, variant }: FuzzInput): void {
    const whole = readFrames(new EventStreamDecoder(), [bytes]);
    const pieces = cutInto(bytes, cuts);
    const reading = readFrames(new EventStreamDecoder(), pieces);
    expectThat(whole.failure === reading.failure, 'the framing fails otherwise when the bytes are cut');
    expectThat(
      isDeepStrictEqual(whole.frames, reading.frames),
      'the framing gives other frames when the bytes are cut',
    );
    checkRewriting(bytes, reading.frames);
    checkTolerant(bytes, pieces);
    const exchange = {
      upstream: this.#upstream.id,
      request: choose(this.#requests, variant, 'request'),
      context: contextOf(variant),
      inputBytes: bytes.length,
    };
    const answer = { frames: reading.frames, isBroken: reading.failure !== undefined };
    checkAnswerFrames(this.#upstream, answer, { client: choose(this.#clients, variant, 'client'), exchange });
    allowing(UPSTREAM_KINDS, () =>
      this.#upstream.upstream.translation.decodeResponse(Buffer.from(bytes), exchange.context, exchange.request),
    );
    expectThat(Buffer.concat(pieces).equals(bytes), 'the stream’s bytes were written to');
  }
}

/** Messages by the lengths that they announce; what makes no sense is one unit with all that follows. */
function messagesIn(bytes: Buffer): readonly Buffer[] {
  const messages: Buffer[] = [];
  let at = 0;
  while (at + MIN_MESSAGE_BYTES <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length < MIN_MESSAGE_BYTES || at + length > bytes.length) break;
    messages.push(bytes.subarray(at, at + length));
    at += length;
  }
  return at < bytes.length ? [...messages, bytes.subarray(at)] : messages;
}

/** What was read is written to the bytes that it came from. */
function checkRewriting(bytes: Buffer, frames: readonly EventStreamMessage[]): void {
  const written = Buffer.concat(frames.map((frame) => encodeMessage(frame)));
  expectThat(written.length <= bytes.length, 'messages are written longer than they were');
  expectThat(written.equals(bytes.subarray(0, written.length)), 'messages are written to other bytes');
}

/** A decoder that passes over damage still ends, and gives no message that is larger than the limit. */
function checkTolerant(bytes: Buffer, pieces: readonly Buffer[]): void {
  let damages = 0;
  const decoder = new EventStreamDecoder({ onDamage: () => (damages += 1) });
  const { frames } = readFrames(decoder, pieces);
  expectBoundedSteps('damages', damages + frames.length, bytes.length);
  for (const { payload } of frames)
    expectThat(payload.length <= MAX_MESSAGE_BYTES, 'a message is larger than its limit');
}
