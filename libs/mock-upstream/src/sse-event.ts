import type { JsonValue } from '@sluice/core';

/** One server-sent event as vendors write it. `name` gives it an `event:` line. */
export function sseEvent(data: JsonValue, name?: string): string {
  const line = `data: ${JSON.stringify(data)}\n\n`;
  return name === undefined ? line : `event: ${name}\n${line}`;
}
