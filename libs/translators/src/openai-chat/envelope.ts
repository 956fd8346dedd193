import { isJsonObject } from '@sluice/core';
import {
  jsonEnvelope,
  parseRequestBody,
  pickMembers,
  serialiseBody,
  setMember,
  type Envelope,
  type WireCall,
} from '@sluice/translator-kit';

const ASKING_OPTIONS = { include_usage: true } as const;

/** Model and stream flag are members of the body; usage inside a stream comes only when it is asked for. */
export const envelope: Envelope = { ...jsonEnvelope, withUsage };

/**
 * Sets `stream_options.include_usage`. Undefined when the call does not stream, asks already, or has options that are no
 * object (the vendor shall judge them).
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
function withUsage(call: WireCall): WireCall | undefined {
  const picked = pickMembers(call.body, ['stream', 'stream_options']);
  if (picked === undefined) return withParsedUsage(call);
  const { members, scan } = picked;
  if (members['stream'] !== true) return undefined;
  const options = members['stream_options'] ?? null;
  if (options === null) {
    return { ...call, body: setMember(call.body, scan, 'stream_options', JSON.stringify(ASKING_OPTIONS)) };
  }
  if (!isJsonObject(options) || options['include_usage'] === true) return undefined;
  const [span, second] = scan.members.stream_options ?? [];
  if (span === undefined || second !== undefined) return withParsedUsage(call);
  const nested = pickMembers(call.body, ['include_usage'], span.valueStart);
  if (nested === undefined) return withParsedUsage(call);
  return { ...call, body: setMember(call.body, nested.scan, 'include_usage', 'true') };
}

/** The slow way, for bodies that the scanner does not vouch for and for options that stand there twice. */
function withParsedUsage(call: WireCall): WireCall | undefined {
  const body = parseRequestBody(call.body);
  const options = body['stream_options'] ?? {};
  if (body['stream'] !== true || !isJsonObject(options) || options['include_usage'] === true) return undefined;
  return { ...call, body: serialiseBody({ ...body, stream_options: { ...options, ...ASKING_OPTIONS } }) };
}
