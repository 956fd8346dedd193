import type { PayloadRules } from '@sluice/config';
import { invalidRequest, parseRequestBody } from '@sluice/translator-kit';
import { MAX_VALUES } from '../json/json-node.js';
import { JsonNodeError } from '../json/json-node-error.js';
import { CompiledPayloadRules } from './compiled-payload-rules.js';
import type { BodyToShape } from './body-to-shape.js';

const COMPILED = new WeakMap<PayloadRules, CompiledPayloadRules>();

/**
 * The body as the operator's rules leave it: the very same Buffer where none changes it, and unread where none is for such a
 * request.
 * @throws GatewayError `invalid_request` when a rule looks into a body that is no JSON or has too many values
 */
export function applyPayloadRules(rules: PayloadRules, request: BodyToShape): Buffer {
  let compiled = COMPILED.get(rules);
  if (compiled === undefined) {
    compiled = new CompiledPayloadRules(rules);
    COMPILED.set(rules, compiled);
  }
  try {
    return compiled.apply(request);
  } catch (error) {
    if (!(error instanceof JsonNodeError)) throw error;
    if (error.code === 'too-many-values') {
      throw invalidRequest(
        `The body has more than ${MAX_VALUES} values where payload rules of the gateway look into it.`,
      );
    }
    parseRequestBody(request.original); // says where it is wrong
    throw invalidRequest('The body is not valid JSON where a payload rule of the gateway looks into it.');
  }
}
