import type { CanonicalRequest, JsonObject } from '@sluice/core';
import {
  type EncodedRequest,
  objectMember,
  reportForeign,
  restoreMembers,
  serialiseBody,
  type TranslationContext,
} from '@sluice/translator-kit';
import { carriedBy, FORMAT, without } from './carried.js';
import { VERSION, writeModelPath } from './model-path.js';
import { encodeContents } from './request/encode-contents.js';
import { encodeGenerationConfig } from './request/encode-generation-config.js';
import { encodeToolConfig } from './request/encode-tool-config.js';
import { encodeTools } from './request/encode-tools.js';
import { RequestScope } from './request/request-scope.js';

/** Tiers of ours and of other vendors, in Google's words. `auto` is what it does unasked. */
const SERVICE_TIERS: ReadonlyMap<string, string | undefined> = new Map([
  ['auto', undefined],
  ['default', 'standard'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['standard', 'standard'],
  ['standard_only', 'standard'],
  ['unspecified', 'unspecified'],
]);

/** Members that stand in `generationConfig` and were put there. */
const PLACED = ['generationConfig', 'toolConfig'];

/**
 * A request as Google takes it, with model and stream flag in the path. What it would refuse the request for is left out or
 * said differently, with a warning; what a Gemini client wrote and the canonical model does not know is said again.
 * @see https://ai.google.dev/api/generate-content
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const scope = new RequestScope(request, context);
  const carried = carriedBy(request);
  const { systemInstruction, contents } = encodeContents(request.messages, scope);
  const tools = encodeTools(request, scope);
  const toolConfig = toolConfigOf(request, carried, scope);
  const generationConfig = encodeGenerationConfig(request, scope);
  if (request.endUser !== undefined) scope.dropped('/endUser', 'Google has no place for the id of an end user.');
  const body: JsonObject = {
    ...(systemInstruction !== undefined && { systemInstruction }),
    contents,
    ...(tools.length > 0 && { tools }),
    ...(toolConfig !== undefined && { toolConfig }),
    ...(generationConfig !== undefined && { generationConfig }),
    ...serviceTierOf(request, scope),
    ...without(carried, PLACED),
  };
  const { stream } = request;
  const method = stream ? 'streamGenerateContent' : 'generateContent';
  const path = writeModelPath({ version: VERSION, model: context.upstreamModel, method });
  return {
    call: { path, query: stream ? '?alt=sse' : '', body: serialiseBody(body) },
    warnings: [...scope.warnings, ...reportForeign(request, FORMAT)],
  };
}

/** A carried mode (`VALIDATED`) or list of names says more than the choice. */
function toolConfigOf(
  request: CanonicalRequest,
  carried: JsonObject | undefined,
  scope: RequestScope,
): JsonObject | undefined {
  const encoded = encodeToolConfig(request, scope);
  const rest = objectMember(carried, 'toolConfig');
  const carriesMode = objectMember(rest, 'functionCallingConfig')?.['mode'] !== undefined;
  return carriesMode ? rest : rest === undefined ? encoded : restoreMembers(encoded ?? {}, rest);
}

function serviceTierOf({ serviceTier }: CanonicalRequest, scope: RequestScope): JsonObject {
  if (serviceTier === undefined) return {};
  if (!SERVICE_TIERS.has(serviceTier)) scope.dropped('/serviceTier', `Google has no service tier ${serviceTier}.`);
  const tier = SERVICE_TIERS.get(serviceTier);
  return tier === undefined ? {} : { serviceTier: tier };
}
