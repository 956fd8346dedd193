import type { JsonValue } from '@sluice/core';
import { parseSpan, scanMembers } from '@sluice/streaming';
import { withoutByteOrderMark } from './byte-order-mark.js';
import type { Envelope, EnvelopeFacts } from './envelope.js';
import { describeJson, invalidRequest, parseRequestBody, serialiseBody } from './parse-request-body.js';
import { pickMembers } from './pick-members.js';
import { setMember } from './set-member.js';
import type { WireCall } from './wire-call.js';

/**
 * The envelope of formats whose model and stream flag are top-level members of a JSON body. The body is scanned, not
 * parsed: of several members with one name the last counts, as in `JSON.parse`, and a splice changes all of them, so that
 * no reader sees another model. Whatever the scan doubts is parsed as a whole. A byte order mark is read over, and a
 * splice takes it away.
 */
export const jsonEnvelope: Envelope = { read: readFacts, withModel: spliceModel };

function readFacts({ body }: WireCall): EnvelopeFacts {
  const found = pickMembers(withoutByteOrderMark(body), ['model', 'stream'])?.members ?? parseRequestBody(body);
  return { model: checkModel(found['model']), stream: checkStream(found['stream']) };
}

function spliceModel(call: WireCall, model: string): WireCall {
  const json = withoutByteOrderMark(call.body);
  const scan = scanMembers(json, ['model']);
  if (scan === undefined) return withParsedModel(call, model);
  const isSame = scan.members.model?.every((span) => parseSpan(json, span) === model) ?? false;
  return isSame ? call : { ...call, body: setMember(json, scan, 'model', JSON.stringify(model)) };
}

/** The slow way, for bodies that the scanner does not vouch for. */
function withParsedModel(call: WireCall, model: string): WireCall {
  const body = parseRequestBody(call.body);
  return body['model'] === model ? call : { ...call, body: serialiseBody({ ...body, model }) };
}

function checkModel(value: JsonValue | undefined): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  const found = typeof value === 'string' ? 'an empty string' : describeJson(value);
  throw invalidRequest(`"model" must be a non-empty string, but it is ${found}.`, 'model');
}

function checkStream(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw invalidRequest(`"stream" must be true or false, but it is ${describeJson(value)}.`, 'stream');
}
