/**
 * What the mock vendor shall answer. It travels in the prompt text, so that it survives every proxy and every translation:
 *
 *     [bench answer=stream id=7 chunks=200 everyMs=50 body=001234]
 */
export interface Directive {
  readonly answer: 'json' | 'stream';
  /** Stream number, unique in a run; credits are addressed by it. */
  readonly id: number;
  /** Content chunks of a streamed answer. */
  readonly chunks: number;
  /** `credit`: one chunk, then one per credit. `burst`: all at once. A number: milliseconds between two chunks. */
  readonly pace: 'credit' | 'burst' | number;
  /** Length that the request body must have on arrival, in bytes; 0 = not checked. */
  readonly bodyBytes: number;
}

const OPENING = '[bench ';
const MAX_DIRECTIVE_BYTES = 120;
const BODY_DIGITS = 8;

/** Renders a directive; its length does not depend on `bodyBytes`, so the body can be measured first and named afterwards. */
export function renderDirective(directive: Directive): string {
  const body = String(directive.bodyBytes).padStart(BODY_DIGITS, '0');
  return `${OPENING}answer=${directive.answer} id=${directive.id} chunks=${directive.chunks} pace=${directive.pace} body=${body}]`;
}

/** Finds the directive in a request body; undefined when there is none or it is cut off. */
export function findDirective(body: Buffer): Directive | undefined {
  const start = body.indexOf(OPENING);
  if (start < 0) return undefined;
  const text = body.toString('latin1', start + OPENING.length, start + OPENING.length + MAX_DIRECTIVE_BYTES);
  const match = /^answer=(json|stream) id=(\d+) chunks=(\d+) pace=(\w+) body=(\d+)\]/.exec(text);
  if (match === null) return undefined;
  const [, answer, id, chunks, pace, bodyBytes] = match;
  return {
    answer: answer === 'json' ? 'json' : 'stream',
    id: Number(id),
    chunks: Number(chunks),
    pace: pace === 'credit' || pace === 'burst' ? pace : Number(pace),
    bodyBytes: Number(bodyBytes),
  };
}
