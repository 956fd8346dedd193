import type { SignatureFamily } from '@sluice/core';

/** Base64 characters that are looked at; every envelope shows itself in its first bytes. */
const MAX_LOOKED_AT_CHARS = 4096;

/** What Google documents as stand-ins for a signature that never existed. */
const GEMINI_SENTINELS: ReadonlySet<string> = new Set([
  'skip_thought_signature_validator',
  'context_engineering_is_the_way_to_go',
]);

/** What a client is given in front of a proof that nothing else would tell apart. */
const MARKED = /^(anthropic|openai|gemini)-proof:/;

/** A Fernet token: version byte 0x80 and the zero bytes of a 64-bit time. */
const OPENAI_PREFIX = 'gAAAA';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Protobuf tags: field number × 8 + wire type (0 = varint, 2 = bytes). */
const VARINT_1 = 0x08;
const BYTES_1 = 0x0a;
const BYTES_2 = 0x12;
/** Fields 2, 3, 5 and 6 of Anthropic's channel block: infrastructure, version, signature, model. */
const AFTER_CHANNEL: ReadonlySet<number> = new Set([0x10, 0x18, 0x2a, 0x32]);

/**
 * The vendor family of a signature that a client sends back without saying where it comes from. Anything that is not
 * recognised for certain is `unknown`: a signature shown to another family fails the whole request.
 *
 * ```text
 *  <family>-proof:…                as it says
 *  gAAAA…                          openai     Fernet token
 *  [08 v] 12 n 0A n 08 c …         anthropic  container › channel block › channel id; also twice base64
 *  12 n 0A n <opaque>              gemini     3.x; nothing else in the envelope
 *  0A n <opaque> (0A n <opaque>)*  gemini     2.5
 * ```
 */
export function signatureFamily(value: string): SignatureFamily {
  const [, marked] = MARKED.exec(value) ?? [];
  if (marked !== undefined) return marked as SignatureFamily; // what the expression takes
  if (value.startsWith(OPENAI_PREFIX)) return 'openai';
  if (GEMINI_SENTINELS.has(value)) return 'gemini';
  const envelope = readEnvelope(value);
  if (envelope === undefined) return 'unknown';
  if (isAnthropic(envelope)) return 'anthropic';
  if (isGemini(envelope)) return 'gemini';
  const inner = readEnvelope(envelope.bytes.toString('latin1'), envelope.length);
  return inner !== undefined && isAnthropic(inner) ? 'anthropic' : 'unknown';
}

/** What stands in front of a proof of the family that nothing else would tell apart. */
export function proofMark(family: Exclude<SignatureFamily, 'unknown'>): string {
  return `${family}-proof:`;
}

/** The beginning of the decoded bytes, and how many there are in all. */
interface Envelope {
  readonly bytes: Buffer;
  readonly length: number;
}

function readEnvelope(base64: string, totalChars = base64.length): Envelope | undefined {
  const text = base64.slice(0, MAX_LOOKED_AT_CHARS);
  if (!BASE64.test(text)) return undefined;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return { bytes: Buffer.from(text, 'base64'), length: Math.floor((totalChars * 3) / 4) - padding };
}

function isAnthropic(envelope: Envelope): boolean {
  const { bytes } = envelope;
  const version = bytes[0] === VARINT_1 ? readVarint(bytes, 1) : undefined;
  const container = readField(envelope, BYTES_2, version?.end ?? 0);
  const channel = container && readField(envelope, BYTES_1, container.start);
  if (channel === undefined || bytes[channel.start] !== VARINT_1) return false;
  const channelId = readVarint(bytes, channel.start + 1);
  return channelId !== undefined && AFTER_CHANNEL.has(bytes[channelId.end] ?? -1);
}

function isGemini(envelope: Envelope): boolean {
  const outer = readField(envelope, BYTES_2, 0);
  if (outer !== undefined) {
    const inner = readField(envelope, BYTES_1, outer.start);
    return inner !== undefined && inner.end === outer.end && outer.end === envelope.length;
  }
  let at = 0;
  while (at < envelope.bytes.length) {
    const record = readField(envelope, BYTES_1, at);
    if (record === undefined || record.end === record.start) return false;
    at = record.end;
  }
  return at > 0;
}

interface Field {
  readonly start: number;
  readonly end: number;
}

/** The place of a bytes field's value, or undefined where the field does not stand here or does not fit. */
function readField({ bytes, length }: Envelope, tag: number, at: number): Field | undefined {
  if (bytes[at] !== tag) return undefined;
  const size = readVarint(bytes, at + 1);
  if (size === undefined || size.end + size.value > length) return undefined;
  return { start: size.end, end: size.end + size.value };
}

/** Up to four bytes: no signature is longer than 256 MB. */
function readVarint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let position = 0; position < 4; position += 1) {
    const byte = bytes[at + position];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) << (7 * position);
    if (byte < 0x80) return { value, end: at + position + 1 };
  }
  return undefined;
}
