import type { JsonObject, JsonValue, ServerToolBlock } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';
import { FORMAT } from '../carried.js';
import { inCamelCase } from '../member-names.js';
import type { PartScope } from './part-scope.js';

const TYPED: ReadonlySet<string> = new Set(['toolType']);

interface ServerPart {
  readonly id: string | undefined;
  readonly tool: string;
  readonly input?: JsonValue;
  readonly result?: JsonValue;
}

/** What the vendor ran itself (code, a search) as a server tool; undefined for other parts. */
export function decodeServerPart(part: JsonObject, scope: PartScope): ServerToolBlock | undefined {
  const found = readServerPart(part);
  if (found === undefined) return undefined;
  return {
    type: 'server-tool',
    ...found,
    id: found.id ?? scope.inventServerId(),
    raw: { format: FORMAT, value: part },
  };
}

function readServerPart(part: JsonObject): ServerPart | undefined {
  const code = objectMember(part, 'executableCode');
  if (code !== undefined) return { id: textMember(code, 'id'), tool: 'code_execution', input: code };
  const outcome = objectMember(part, 'codeExecutionResult');
  if (outcome !== undefined) return { id: textMember(outcome, 'id'), tool: 'code_execution', result: outcome };
  const call = objectMember(part, 'toolCall');
  if (call !== undefined) return { ...named(call), input: call['args'] ?? {} };
  const response = objectMember(part, 'toolResponse');
  return response && { ...named(response), result: response['response'] ?? {} };
}

function named(wire: JsonObject): ServerPart {
  const tool = inCamelCase(wire, TYPED);
  return { id: textMember(tool, 'id'), tool: (textMember(tool, 'toolType') ?? 'tool').toLowerCase() };
}
