import type { MockBehaviour } from '@sluice/mock-upstream';
import { replaying, type VendorAnswer } from '../harness/vendor-answers.js';
import {
  CLIENT_FORMATS,
  FAMILIES,
  VENDOR_FORMATS,
  VENDOR_MODELS,
  type ClientFormat,
  type VendorFormat,
} from './vendors.js';

/** One pair of formats. */
export interface Direction {
  readonly name: string;
  readonly upstream: VendorFormat;
  readonly client: ClientFormat;
  /** Of the upstream's account. */
  readonly model: string;
  /** Whether the client can give a proof of reasoning back to the models that made it. */
  readonly isSameFamily: boolean;
  /** Google's SDK has no member for a refusal, and none for the message beside a finish reason. */
  readonly showsRefusals: boolean;
  readonly isPassedThrough: boolean;
}

/** How the client asks for an answer. */
export type AskMode = 'stream' | 'whole';

const EVENT_STREAM = 'application/vnd.amazon.eventstream';

export const DIRECTIONS: readonly Direction[] = VENDOR_FORMATS.flatMap((upstream) =>
  CLIENT_FORMATS.map((client) => ({
    name: `${upstream} → ${client}`,
    upstream,
    client,
    model: VENDOR_MODELS[upstream],
    isSameFamily: FAMILIES[client] !== undefined && FAMILIES[upstream] === FAMILIES[client],
    showsRefusals: client !== 'gemini',
    isPassedThrough: upstream === client,
  })),
);

/** Kiro only streams, for clients of both kinds; other vendors answer as they were asked. */
export function modesOf(upstream: VendorFormat, { mode }: VendorAnswer): readonly AskMode[] {
  if (upstream === 'kiro') return ['stream', 'whole'];
  return mode === 'stream' ? ['stream'] : ['whole'];
}

/** Whether a vendor's streams are frames of AWS instead of server-sent events. */
export function isBinary(upstream: VendorFormat): boolean {
  return upstream === 'kiro' || upstream === 'bedrock-converse';
}

/** Makes the mock give this answer in these pieces, under the vendor's media type. */
export function replayOf(upstream: VendorFormat, answer: VendorAnswer, pieces: readonly Buffer[]): MockBehaviour {
  const behaviour = replaying(answer, pieces);
  if (!isBinary(upstream) || answer.mode !== 'stream' || behaviour.replay === undefined) return behaviour;
  return { replay: { ...behaviour.replay, headers: { 'content-type': EVENT_STREAM } } };
}
