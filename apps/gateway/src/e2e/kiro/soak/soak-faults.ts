import type { MockBehaviour } from '@sluice/mock-upstream';
import { eventFrames } from '../../harness/event-frames.js';

/** What a vendor does to one call, and what the gateway makes of it. */
export interface SoakFault {
  readonly behaviour: MockBehaviour;
  /** `passes`: another account answers; `refuses`: the request is at fault; `breaks`: behind the first part of an answer. */
  readonly effect: 'passes' | 'refuses' | 'breaks';
}

const TEXT = eventFrames('{"assistantResponseEvent":{"content":"Half a"}}');
const HEADERS = { 'content-type': 'application/vnd.amazon.eventstream' };

const replayed = (...chunks: readonly Buffer[]): MockBehaviour => ({ replay: { headers: HEADERS, chunks } });

/** The same bytes with one of the payload changed, so that the checksum of the message is wrong. */
function corrupt(frame: Buffer): Buffer {
  const bytes = Buffer.from(frame);
  const at = bytes.length - 8; // in the payload, which is in front of the four bytes of the checksum
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at);
  return bytes;
}

const passes = (behaviour: MockBehaviour): SoakFault => ({ behaviour, effect: 'passes' });
const refuses = (behaviour: MockBehaviour): SoakFault => ({ behaviour, effect: 'refuses' });
const breaks = (behaviour: MockBehaviour): SoakFault => ({ behaviour, effect: 'breaks' });

export const FAULTS = {
  'throttled, with a hint': passes({ status: 429, retryAfter: '1' }),
  'throttled, without one': passes({ status: 429, headers: {} }),
  'throttled for what is called suspicious': passes({
    status: 429,
    message: 'We detected suspicious activity and placed temporary limits on your account.',
  }),
  'an unexpected error': passes({ status: 500 }),
  'no capacity': passes({ status: 500, code: 'INSUFFICIENT_MODEL_CAPACITY', message: 'Please try again.' }),
  'the service away': passes({ status: 503 }),
  'a reset before the head': passes({ resetBeforeHead: true }),
  'a reset behind the head': passes({ resetAfterChunks: 0 }),
  'no capacity inside a 200': passes({ errorInStream: 'before' }),
  'half a message and the end': passes(replayed(TEXT.subarray(0, 40))),
  'a first message with a wrong checksum': passes(replayed(corrupt(TEXT))),
  'an answer of nothing': passes(replayed(Buffer.alloc(0))),
  'a request that is not formed properly': refuses({ status: 400 }),
  'a conversation that is too long': refuses({
    status: 400,
    code: 'CONTENT_LENGTH_EXCEEDS_THRESHOLD',
    message: 'Input is too long.',
  }),
  'results that do not fit their calls, as a 500': refuses({
    status: 500,
    code: 'TOOL_USE_RESULT_MISMATCH',
    message: 'Expected toolResult blocks.',
  }),
  'a reset behind the first words': breaks({ resetAfterChunks: 3 }),
  'no end': breaks({ truncate: true }),
  'an exception half way': breaks({ errorInStream: 'after' }),
  'a later message with a wrong checksum': breaks(replayed(TEXT, corrupt(TEXT))),
  'half a message behind a whole one': breaks(replayed(TEXT, TEXT.subarray(0, 40))),
} as const satisfies Record<string, SoakFault>;

export type FaultName = keyof typeof FAULTS;
