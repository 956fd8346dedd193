/**
 * Whether the data of an event without its blank line was broken off. A cut cannot be told from a missing line end, except
 * by what is in the event: an object that does not parse, or a bracket (as in `[DONE]`) that is not closed.
 */
export function looksCut(data: string): boolean {
  if (data.startsWith('[')) return !data.trimEnd().endsWith(']');
  return data.startsWith('{') && !isJson(data);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // the answer, not a failure
  }
}
