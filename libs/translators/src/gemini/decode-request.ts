import type { CanonicalRequest, JsonObject } from '@sluice/core';
import {
  carryUnknown,
  objectMember,
  parseRequestBody,
  textMember,
  type EnvelopeFacts,
  type WireCall,
} from '@sluice/translator-kit';
import { carry } from './carried.js';
import { envelope } from './envelope.js';
import { inCamelCase } from './member-names.js';
import { decodeContents } from './request/decode-contents.js';
import { decodeGenerationConfig } from './request/decode-generation-config.js';
import { decodeToolConfig } from './request/decode-tool-config.js';
import { decodeTools } from './request/decode-tools.js';

const NAMES: ReadonlySet<string> = new Set([
  'cachedContent',
  'continuationToken',
  'generationConfig',
  'safetySettings',
  'serviceTier',
  'systemInstruction',
  'toolConfig',
]);

/** Members that the canonical request says; `model` repeats the path. */
const KNOWN: ReadonlySet<string> = new Set([
  'contents',
  'generationConfig',
  'model',
  'serviceTier',
  'systemInstruction',
  'toolConfig',
  'tools',
]);

/**
 * A client's request. Model and stream flag come from its path; members are read in camel case and in snake case.
 * @throws GatewayError `invalid_request` naming the member that is wrong
 * @see https://ai.google.dev/api/generate-content
 */
export function decodeRequest(call: WireCall): CanonicalRequest {
  return decodeGenerateRequest(parseRequestBody(call.body), envelope.read(call));
}

/**
 * The body of a request to generate, wherever it stands.
 * @throws GatewayError `invalid_request`
 */
export function decodeGenerateRequest(wire: JsonObject, { model, stream }: EnvelopeFacts): CanonicalRequest {
  const body = inCamelCase(wire, NAMES);
  const { sampling, reasoning, responseFormat, carried } = decodeGenerationConfig(
    objectMember(body, 'generationConfig'),
  );
  const { toolChoice, carried: toolConfig } = decodeToolConfig(objectMember(body, 'toolConfig'));
  const serviceTier = textMember(body, 'serviceTier');
  return {
    model,
    stream,
    messages: decodeContents(body['systemInstruction'], body['contents']),
    tools: decodeTools(body['tools']),
    ...(toolChoice !== undefined && { toolChoice }),
    sampling,
    ...(reasoning !== undefined && { reasoning }),
    ...(responseFormat !== undefined && { responseFormat }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...carry(carryUnknown(body, KNOWN), carried, toolConfig),
  };
}
