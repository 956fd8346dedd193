import { isJsonObject, type JsonObject } from '@sluice/core';

/** Where arguments stand that are no JSON object, so that the client can see what the model wrote. */
const RAW_MEMBER = '_raw';

/** A tool call's arguments as the object that this format demands. Nothing means no arguments; some vendors encode twice. */
export function parseArguments(argumentsJson: string): JsonObject {
  if (argumentsJson.trim() === '') return {};
  const value = parse(argumentsJson);
  if (isJsonObject(value)) return value;
  const inner = typeof value === 'string' ? parse(value) : undefined;
  return isJsonObject(inner) ? inner : { [RAW_MEMBER]: argumentsJson };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // undefined is the report
  }
}
