import type { JsonValue } from '@sluice/core';
import { parseSpan } from '@sluice/streaming';
import { withoutByteOrderMark } from './byte-order-mark.js';
import type { Envelope } from './envelope.js';
import { describeJson, invalidRequest, parseRequestBody, serialiseBody } from './parse-request-body.js';
import { ScannedBodies } from './scanned-bodies.js';
import type { WireCall } from './wire-call.js';

/**
 * The envelope of formats whose model and stream flag are top-level members of a JSON body. The body is scanned, not
 * parsed: of several members with one name the last counts, as in `JSON.parse`, and a splice changes all of them, so that
 * no reader sees another model. Whatever the scan doubts is parsed as a whole. A byte order mark is read over, and a
 * splice takes it away.
 *
 * @param bodies shared with whatever else the format's envelope changes; must know `model` and `stream`
 */
export function jsonEnvelope<Name extends string = never>(
  bodies: ScannedBodies<Name | 'model' | 'stream'> = new ScannedBodies<Name | 'model' | 'stream'>(['model', 'stream']),
): Envelope {
  return {
    read({ body }) {
      const found = bodies.read(withoutByteOrderMark(body)) ?? parseRequestBody(body);
      return { model: checkModel(found['model']), stream: checkStream(found['stream']) };
    },

    withModel(call, model) {
      const json = withoutByteOrderMark(call.body);
      const scan = bodies.scan(json);
      if (scan === undefined) return withParsedModel(call, model);
      const isSame = scan.members.model?.every((span) => parseSpan(json, span) === model) ?? false;
      return isSame ? call : { ...call, body: bodies.write(json, scan, 'model', JSON.stringify(model)) };
    },
  };
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
