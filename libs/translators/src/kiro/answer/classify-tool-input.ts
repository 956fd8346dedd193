import type { CanonicalRequest, FunctionTool } from '@sluice/core';
import { parseJsonObject } from '@sluice/translator-kit';

/** Tools whose arguments hold whole files; they are what gets cut. */
const WRITE_TOOLS: ReadonlySet<string> = new Set([
  'Write',
  'Create',
  'Edit',
  'MultiEdit',
  'write_to_file',
  'fsWrite',
  'create_file',
  'edit_file',
  'apply_diff',
  'str_replace_editor',
  'insert',
]);

/** Every other end of broken JSON is a model's mistake and not a cut. */
const CUT_END = /[\\:,]\s*$/;

/** The arguments of a call as they came. */
export interface ToolInput {
  /** The client's name of the tool. */
  readonly name: string;
  readonly json: string;
  /** Whether the vendor said that they are complete. */
  readonly hasStopped: boolean;
}

/** `complete`: hand it on. Anything else: the vendor cut the call, and how that shows. */
export type ToolInputState = 'complete' | 'empty' | 'unfinished' | 'invalid-json' | 'missing-members';

/**
 * Whether the vendor cut a call, which it does after some 40 KB of arguments or two to three minutes. Blank arguments are a
 * call without arguments where the vendor said that it is complete.
 */
export function classifyToolInput({ name, json, hasStopped }: ToolInput, request: CanonicalRequest): ToolInputState {
  const isBlank = json.trim() === '';
  if (!hasStopped) return isBlank ? 'empty' : 'unfinished';
  if (isBlank) return 'complete';
  const input = parseJsonObject(json);
  if (input === undefined) return isJson(json) || !looksCut(json) ? 'complete' : 'invalid-json';
  if (!WRITE_TOOLS.has(name)) return 'complete';
  return requiredMembers(name, request).every((member) => member in input) ? 'complete' : 'missing-members';
}

/** The client's own schema knows best; tables of other clients' tools go stale. */
function requiredMembers(name: string, { tools }: CanonicalRequest): readonly string[] {
  const tool = tools.find(
    (candidate): candidate is FunctionTool => candidate.kind === 'function' && candidate.name === name,
  );
  const required = tool?.parameters['required'];
  return Array.isArray(required) ? required.filter((member) => typeof member === 'string') : [];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // the answer to the question
  }
}

/** Open strings, braces or brackets, or an end where a value must follow. */
function looksCut(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json.charAt(index);
    if (character === '\\' && isInString) index += 1;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === '{' || character === '[')) depth += 1;
    else if (!isInString && (character === '}' || character === ']')) depth -= 1;
  }
  return isInString || depth > 0 || CUT_END.test(json);
}
