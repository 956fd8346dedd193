import { isJsonObject, type JsonObject } from '@sluice/core';

/** A call that a model wrote into its text instead of making it. */
export interface TextCall {
  /** The model's name of the tool. */
  readonly name: string;
  readonly values: JsonObject;
  /** Whether all values are text, because the form knows no types. */
  readonly isTyped: boolean;
  /** Behind its last character. */
  readonly end: number;
}

/** How both forms begin. */
const TEXT_CALL_STARTS = ['[Called ', '<invoke '] as const;
/** Longer heads name no tool. */
const MAX_HEAD_CHARS = 128;

const CALLED_HEAD = /^\[Called ([\w.-]+) with args: (?=\{)/;
const INVOKE_HEAD = /^<invoke name="([\w.-]+)">/;
const PARAMETER = /\s*<parameter name="([\w.-]+)">([^]*?)<\/parameter>/y;
const INVOKE_END = /\s*<\/invoke>/y;

/** What stands in front of the values of a call. `unfinished`: it may become one; `none`: it never will. */
export type TextCallHead =
  { readonly name: string; readonly end: number; readonly form: 'called' | 'invoke' } | 'unfinished' | 'none';

/** Whether a call begins here, as far as its first words tell. */
export function findTextCallHead(text: string, isDeclared: (name: string) => boolean): TextCallHead {
  const start = TEXT_CALL_STARTS.find((word) => text.startsWith(word) || word.startsWith(text));
  if (start === undefined) return 'none';
  const form = start === '[Called ' ? 'called' : 'invoke';
  const [head = '', name] = (form === 'called' ? CALLED_HEAD : INVOKE_HEAD).exec(text) ?? [];
  if (name === undefined) return text.length < MAX_HEAD_CHARS && !text.includes('\n') ? 'unfinished' : 'none';
  return isDeclared(name) ? { name, end: head.length, form } : 'none';
}

/**
 * Reads the call that begins here, in one of two forms that models fall into. Undefined = it is none, or not whole.
 *
 * ```text
 *  [Called NAME with args: {…}]
 *  <invoke name="NAME"><parameter name="KEY">TEXT</parameter>…</invoke>
 * ```
 */
export function findTextCall(text: string, isDeclared: (name: string) => boolean): TextCall | undefined {
  const head = findTextCallHead(text, isDeclared);
  if (typeof head === 'string') return undefined;
  const { name, end, form } = head;
  return form === 'called' ? readCalled(text, name, end) : readInvoke(text, name, end);
}

function readCalled(text: string, name: string, from: number): TextCall | undefined {
  const end = endOfObject(text, from);
  if (end === undefined) return undefined;
  const values = parse(text.slice(from, end));
  return values === undefined || text[end] !== ']' ? undefined : { name, values, isTyped: true, end: end + 1 };
}

function readInvoke(text: string, name: string, from: number): TextCall | undefined {
  const values: Record<string, string> = {};
  let at = from;
  for (;;) {
    PARAMETER.lastIndex = at;
    const [whole, key, value] = PARAMETER.exec(text) ?? [];
    if (whole === undefined || key === undefined || value === undefined) break;
    values[key] = value;
    at += whole.length;
  }
  INVOKE_END.lastIndex = at;
  const [tail] = INVOKE_END.exec(text) ?? [];
  return tail === undefined ? undefined : { name, values, isTyped: false, end: at + tail.length };
}

/** Behind the brace that closes the object; undefined = it is not there yet. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return at + 1;
  }
  return undefined;
}

function parse(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // the model wrote about a call, or wrote it wrongly: it stays text
  }
}
