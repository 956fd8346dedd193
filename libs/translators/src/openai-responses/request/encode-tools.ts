import { isJsonObject, type CanonicalRequest, type FunctionTool, type JsonObject, type ServerTool } from '@sluice/core';
import { restoreMembers, toObjectSchema } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import type { RequestScope } from './request-scope.js';

/** Keywords of a schema that needs no `properties`. */
const UNIONS = ['anyOf', 'oneOf', 'allOf'] as const;

/** `tools`, `tool_choice` and `parallel_tool_calls`, as far as there is something to say. */
export function encodeTools(request: CanonicalRequest, scope: RequestScope): JsonObject {
  const own = carriedBy(request)?.['tools'];
  const tools = Array.isArray(own) ? own : request.tools.flatMap((tool, index) => encodeTool(tool, index, scope));
  const hasTools = tools.length > 0;
  if (!hasTools && !scope.isOwn) {
    if (isForced(request)) scope.warnings.dropped('/toolChoice', 'There is no tool to choose.');
    return {};
  }
  return { ...(hasTools && { tools }), ...encodeToolChoice(request, scope) };
}

function encodeTool(tool: FunctionTool | ServerTool, index: number, scope: RequestScope): readonly JsonObject[] {
  const path = `/tools/${index}`;
  if (tool.kind === 'function') return [encodeFunction(tool, path, scope)];
  if (tool.raw.format === FORMAT) return [tool.raw.value];
  if (tool.tool.startsWith('web_search')) {
    scope.warnings.approximated(path, 'OpenAI’s own web search takes the place of another vendor’s.');
    return [{ type: 'web_search' }];
  }
  scope.warnings.dropped(path, `The tool ${tool.tool} runs at ${tool.raw.format}’s vendor only.`);
  return [];
}

function encodeFunction(tool: FunctionTool, path: string, scope: RequestScope): JsonObject {
  const carried = carriedBy(tool);
  const name = scope.names.toWire(tool.name);
  if (name !== tool.name) scope.warnings.changed(`${path}/name`, `OpenAI is told of this tool as ${name}.`);
  if (tool.cache !== undefined) scope.warnings.cacheMarker();
  if (carried?.['type'] === 'custom') return { ...carried, type: 'custom', name };
  const { description, strict, parameters } = tool;
  const declared = {
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    parameters: carried?.['parameters'] === null ? null : withProperties(parameters, scope),
    ...(strict === undefined ? defaultStrict(scope) : { strict }),
  };
  return carried?.['strict'] === null ? { ...declared, strict: null, ...carried } : restoreMembers(declared, carried);
}

/** Here a tool without a word is held to its schema, elsewhere it is not. */
function defaultStrict({ isOwn }: RequestScope): JsonObject {
  return isOwn ? {} : { strict: false };
}

/** OpenAI refuses an object schema without `properties`. */
function withProperties(schema: JsonObject, { isOwn }: RequestScope): JsonObject {
  return isOwn || UNIONS.some((keyword) => keyword in schema) ? schema : toObjectSchema(schema);
}

function encodeToolChoice(request: CanonicalRequest, scope: RequestScope): JsonObject {
  const { toolChoice } = request;
  const own = carriedBy(request)?.['tool_choice'];
  const parallel = toolChoice?.parallel;
  const withParallel = parallel === undefined ? {} : { parallel_tool_calls: parallel };
  if (own === null) return withParallel;
  if (isJsonObject(own) && own['type'] !== undefined) return { tool_choice: own, ...withParallel };
  if (toolChoice === undefined) return {};
  if (toolChoice.mode !== 'named') return { tool_choice: toolChoice.mode, ...withParallel };
  const { name } = toolChoice;
  const tool = request.tools.find((known) => known.kind === 'function' && known.name === name);
  const isCustom = tool?.kind === 'function' && carriedBy(tool)?.['type'] === 'custom';
  const choice = { type: isCustom ? 'custom' : 'function', name: scope.names.toWire(name) };
  return { tool_choice: restoreMembers(choice, isJsonObject(own) ? own : undefined), ...withParallel };
}

function isForced({ toolChoice }: CanonicalRequest): boolean {
  return toolChoice?.mode === 'named' || toolChoice?.mode === 'required';
}
