import type { CanonicalRequest, FunctionTool, JsonObject, ToolChoice } from '@sluice/core';
import { toObjectSchema } from '@sluice/translator-kit';
import type { ToolConfig } from '../wire-types.js';
import type { RequestScope } from './request-scope.js';

/** What a choice of no tool becomes where the tools have to stay. */
const NO_CALLS = 'Answer without calling any tool.';

export interface EncodedTools {
  readonly toolConfig?: ToolConfig;
  /** Words for the end of the system prompt. */
  readonly instruction?: string;
  /** Whether a call is forced, as it is sent. */
  readonly isForced: boolean;
}

/**
 * `toolConfig`. Bedrock has no choice of no tool: the tools are left out then, unless the history has calls, which make the
 * declaration mandatory.
 */
export function encodeTools(request: CanonicalRequest, scope: RequestScope): EncodedTools {
  const { toolChoice } = request;
  if (toolChoice?.mode === 'none') {
    if (request.tools.length === 0) return { isForced: false };
    if (!hasCalls(request)) {
      scope.changed('/toolChoice', 'Bedrock cannot forbid calls; its model is not told of the tools.');
      return { isForced: false };
    }
  }
  const tools = encodeToolList(request, scope);
  if (tools.length === 0) {
    if (toolChoice !== undefined && toolChoice.mode !== 'auto')
      scope.dropped('/toolChoice', 'There is no tool to choose.');
    return { isForced: false };
  }
  if (toolChoice?.mode === 'none') {
    scope.approximated('/toolChoice', 'Bedrock cannot forbid calls; the model is asked in words.');
    return { toolConfig: { tools }, instruction: NO_CALLS, isForced: false };
  }
  const choice = toolChoice && encodeToolChoice(toolChoice, scope);
  return {
    toolConfig: { tools, ...(choice === undefined ? {} : { toolChoice: choice }) },
    isForced: toolChoice?.mode === 'required' || toolChoice?.mode === 'named',
  };
}

/** Whether the history has calls or results. */
export function hasCalls({ messages }: CanonicalRequest): boolean {
  return messages.some(({ content }) => content.some(({ type }) => type === 'tool-call' || type === 'tool-result'));
}

function encodeToolList({ tools }: CanonicalRequest, scope: RequestScope): readonly JsonObject[] {
  const encoded: JsonObject[] = [];
  for (const [index, tool] of tools.entries()) {
    const path = `/tools/${index}`;
    if (tool.kind === 'server') {
      if (tool.raw.format === 'bedrock-converse') encoded.push(tool.raw.value);
      else scope.dropped(path, `${tool.tool} is a tool that another vendor runs.`);
      continue;
    }
    encoded.push(encodeFunction(tool, path, scope));
    const point = tool.cache && scope.cachePoint(tool.cache, path, 'tools');
    if (point !== undefined) encoded.push(point);
  }
  return encoded;
}

function encodeFunction(tool: FunctionTool, path: string, scope: RequestScope): JsonObject {
  const name = scope.names.toWire(tool.name);
  if (name !== tool.name) scope.changed(`${path}/name`, `Bedrock is told of this tool as ${name}.`);
  const isStrict = tool.strict === true && scope.traits.structuredOutput;
  if (tool.strict === true && !isStrict) scope.dropped(`${path}/strict`, 'This model cannot be held to a schema.');
  const description = tool.description?.trim() === '' ? undefined : tool.description; // an empty one is refused
  return {
    toolSpec: {
      name,
      ...(description === undefined ? {} : { description }),
      inputSchema: { json: toObjectSchema(tool.parameters) },
      ...(isStrict ? { strict: true } : {}),
    },
  };
}

function encodeToolChoice(choice: ToolChoice, scope: RequestScope): JsonObject | undefined {
  if (choice.parallel === false)
    scope.dropped('/toolChoice/parallel', 'Bedrock cannot be told to make one call at a time.');
  switch (choice.mode) {
    case 'auto':
      return { auto: {} };
    case 'required':
      return { any: {} };
    case 'named':
      return { tool: { name: scope.names.toWire(choice.name) } };
    case 'none':
      return undefined;
    default:
      return unknownChoice(choice);
  }
}

function unknownChoice(choice: never): never {
  throw new TypeError(`unknown tool choice ${JSON.stringify(choice)}`);
}
