/** New text for the bytes from `start` to in front of `end`; an empty span inserts. */
export interface SpanEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A copy with the spans replaced; every other byte stays as it is.
 * @throws RangeError when spans overlap or lie outside
 */
export function replaceSpans(json: Buffer, edits: readonly SpanEdit[]): Buffer {
  const ordered = edits.length < 2 ? edits : [...edits].sort((left, right) => left.start - right.start);
  const result = Buffer.allocUnsafe(lengthAfter(json, ordered));
  let from = 0;
  let to = 0;
  for (const { start, end, text } of ordered) {
    to += json.copy(result, to, from, start);
    to += result.write(text, to);
    from = end;
  }
  json.copy(result, to, from);
  return result;
}

function lengthAfter(json: Buffer, ordered: readonly SpanEdit[]): number {
  let length = json.length;
  let previousEnd = 0;
  for (const { start, end, text } of ordered) {
    if (start < previousEnd || end < start || end > json.length) {
      throw new RangeError(`the span ${start}–${end} overlaps another or lies outside of ${json.length} bytes`);
    }
    previousEnd = end;
    length += Buffer.byteLength(text) - (end - start);
  }
  return length;
}
