import { isJsonObject, type CanonicalRequest, type FunctionTool, type JsonObject, type ToolChoice } from '@sluice/core';
import { toObjectSchema } from '@sluice/translator-kit';
import { carriedBy } from './node-rest.js';
import { withCarried, type RequestScope } from './request-scope.js';

/** The version that every model takes which searches at all. */
const WEB_SEARCH = { type: 'web_search_20250305', name: 'web_search' } as const;

const ROOT_UNIONS = ['anyOf', 'oneOf', 'allOf'] as const;

/** The tools that Anthropic can be told of. `isStrict`: whether the model can be held to a schema. */
export function encodeTools(
  { tools }: CanonicalRequest,
  scope: RequestScope,
  canBeStrict: boolean,
): readonly JsonObject[] {
  const encoded: JsonObject[] = [];
  for (const [index, tool] of tools.entries()) {
    const path = `/tools/${index}`;
    if (tool.kind === 'function') encoded.push(encodeFunction(tool, { path, scope, canBeStrict }));
    else if (tool.raw.format === 'anthropic-messages') encoded.push(tool.raw.value);
    else if (tool.tool.startsWith(WEB_SEARCH.name) && !isTaken(tools, WEB_SEARCH.name)) {
      scope.approximated(path, 'Anthropic’s own web search takes the place of another vendor’s, without its options.');
      encoded.push(WEB_SEARCH);
    } else scope.dropped(path, `${tool.tool} is a tool that another vendor runs.`);
  }
  return encoded;
}

/** `tool_choice`; undefined without one or without tools, where Anthropic refuses it. */
export function encodeToolChoice(choice: ToolChoice | undefined, scope: RequestScope): JsonObject | undefined {
  if (choice === undefined) return undefined;
  const parallel = choice.parallel === undefined ? {} : { disable_parallel_tool_use: !choice.parallel };
  switch (choice.mode) {
    case 'auto':
      return { type: 'auto', ...parallel };
    case 'required':
      return { type: 'any', ...parallel };
    case 'none':
      return { type: 'none' };
    case 'named':
      return { type: 'tool', name: scope.names.toWire(choice.name), ...parallel };
    default:
      return unknownChoice(choice);
  }
}

/** Whether the client has a function of the name. */
function isTaken(tools: CanonicalRequest['tools'], name: string): boolean {
  return tools.some((tool) => tool.kind === 'function' && tool.name === name);
}

interface ToolPlace {
  readonly path: string;
  readonly scope: RequestScope;
  readonly canBeStrict: boolean;
}

function encodeFunction(tool: FunctionTool, { path, scope, canBeStrict }: ToolPlace): JsonObject {
  const name = scope.names.toWire(tool.name);
  if (name !== tool.name) scope.changed(`${path}/name`, `Anthropic is told of this tool as ${name}.`);
  const cache = scope.cacheControl(tool.cache, path);
  if (isTyped(tool)) return withCarried({ name, ...cache }, tool.extensions);
  if (tool.strict === true && !canBeStrict) scope.dropped(`${path}/strict`, 'This model cannot be held to a schema.');
  return withCarried(
    {
      name,
      ...(tool.description === undefined ? {} : { description: tool.description }),
      input_schema: inputSchema(tool.parameters),
      ...(tool.strict === true && canBeStrict ? { strict: true } : {}),
      ...cache,
    },
    tool.extensions,
  );
}

/** A tool whose schema Anthropic's models know by heart: it is named by its type and sent without one. */
function isTyped(tool: FunctionTool): boolean {
  return typeof carriedBy(tool)?.['type'] === 'string';
}

/** The root must be an object without unions; a schema that is one already stays as the client wrote it. */
function inputSchema(parameters: JsonObject): JsonObject {
  const hasUnion = ROOT_UNIONS.some((keyword) => parameters[keyword] !== undefined);
  const isObject = parameters['type'] === 'object' && !hasUnion;
  const hasProperties = parameters['properties'] === undefined || isJsonObject(parameters['properties']);
  return isObject && hasProperties ? parameters : toObjectSchema(parameters);
}

function unknownChoice(choice: never): never {
  throw new TypeError(`unknown tool choice ${JSON.stringify(choice)}`);
}
