import type { FuzzInput } from '../cells/cell.js';
import { FuzzFault } from '../fuzz-fault.js';

/** What one input showed. */
export interface Finding {
  readonly cell: string;
  readonly iteration: number;
  /** The same for inputs that show the same defect. */
  readonly signature: string;
  readonly message: string;
  readonly input: FuzzInput;
}

/** Frames of a stack that lead to a defect. */
const MAX_STACK_LINES = 6;
/** What notices a defect has not got it. */
const NOTICING_FILES = /[/\\]tools[/\\]fuzz[/\\]|assert-well-formed/;

/** Tells defects apart: a broken rule by its name, anything else by its class and the line that threw. */
export function signatureOf(error: unknown): string {
  if (error instanceof FuzzFault) return error.rule;
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  if (error instanceof RangeError && error.message.includes('call stack')) return 'RangeError: the stack is used up';
  const place = stackOf(error).find((line) => !NOTICING_FILES.test(line)) ?? 'no stack';
  return `${error.name} ${place.trim()}`;
}

/** The words of an error, with the beginning of its stack. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [`${error.name}: ${error.message}`, ...stackOf(error).slice(0, MAX_STACK_LINES)].join('\n');
}

function stackOf({ stack = '' }: Error): readonly string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line));
}
