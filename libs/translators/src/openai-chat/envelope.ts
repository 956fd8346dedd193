import { isJsonObject } from '@sluice/core';
import {
  jsonEnvelope,
  parseRequestBody,
  pickMembers,
  ScannedBodies,
  serialiseBody,
  setMember,
  type Envelope,
  type WireCall,
} from '@sluice/translator-kit';

const ASKING_OPTIONS = { include_usage: true } as const;

const bodies = new ScannedBodies(['model', 'stream', 'stream_options']);

/** Model and stream flag are members of the body; usage inside a stream comes only when it is asked for. */
export const envelope: Envelope = { ...jsonEnvelope(bodies), withUsage };

/**
 * Sets `stream_options.include_usage`. Undefined when the call does not stream, asks already, or has options that are no
 * object (the vendor shall judge them).
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
function withUsage(call: WireCall): WireCall | undefined {
  const { body } = call;
  const scan = bodies.scan(body);
  const members = bodies.read(body);
  if (scan === undefined || members === undefined) return withParsedUsage(call);
  if (members['stream'] !== true) return undefined;
  const options = members['stream_options'] ?? null;
  if (options === null) {
    return { ...call, body: bodies.write(body, scan, 'stream_options', JSON.stringify(ASKING_OPTIONS)) };
  }
  if (!isJsonObject(options) || options['include_usage'] === true) return undefined;
  const [span, second] = scan.members.stream_options ?? [];
  if (span === undefined || second !== undefined) return withParsedUsage(call);
  const nested = pickMembers(body, ['include_usage'], span.valueStart);
  if (nested === undefined) return withParsedUsage(call);
  return { ...call, body: setMember(body, nested.scan, 'include_usage', 'true') };
}

/** The slow way, for bodies that the scanner does not vouch for and for options that stand there twice. */
function withParsedUsage(call: WireCall): WireCall | undefined {
  const body = parseRequestBody(call.body);
  const options = body['stream_options'] ?? {};
  if (body['stream'] !== true || !isJsonObject(options) || options['include_usage'] === true) return undefined;
  return { ...call, body: serialiseBody({ ...body, stream_options: { ...options, ...ASKING_OPTIONS } }) };
}
