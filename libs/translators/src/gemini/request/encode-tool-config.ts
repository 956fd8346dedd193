import type { CanonicalRequest, JsonObject, ToolChoice } from '@sluice/core';
import type { RequestScope } from './request-scope.js';

/** `toolConfig` of a choice; undefined where there is nothing to choose or to say. */
export function encodeToolConfig(request: CanonicalRequest, scope: RequestScope): JsonObject | undefined {
  const { toolChoice, tools } = request;
  const functions = tools.filter((tool) => tool.kind === 'function');
  const isStrict = functions.some(({ strict }) => strict === true);
  if (toolChoice?.parallel === false) {
    scope.dropped('/toolChoice/parallel', 'Google cannot be told to make one call at a time.');
  }
  if (toolChoice === undefined) return isStrict ? calling({ mode: 'VALIDATED' }) : undefined;
  if (functions.length === 0) {
    if (toolChoice.mode !== 'none' && toolChoice.mode !== 'auto')
      scope.dropped('/toolChoice', 'There is no function to choose.');
    return undefined;
  }
  return calling(configOf(toolChoice, isStrict, scope));
}

function calling(config: JsonObject): JsonObject {
  return { functionCallingConfig: config };
}

function configOf(choice: ToolChoice, isStrict: boolean, scope: RequestScope): JsonObject {
  switch (choice.mode) {
    case 'auto':
      return { mode: isStrict ? 'VALIDATED' : 'AUTO' };
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'named':
      return { mode: 'ANY', allowedFunctionNames: [scope.names.toWire(choice.name)] };
    default:
      return unknownChoice(choice);
  }
}

function unknownChoice(choice: never): never {
  throw new TypeError(`unknown tool choice ${JSON.stringify(choice)}`);
}
