import type { JsonObject } from '@sluice/core';
import { EventStreamCodec } from '@smithy/eventstream-codec';

/** By AWS's own codec, so that ours has something to agree with. */
const CODEC = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

/** The bytes of events that are written as a line of JSON each: `{"<event>": {…}}` or `{"exception": {"<name>": {…}}}`. */
export function eventFrames(lines: string): Buffer {
  const frames = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => frameOf(JSON.parse(line) as Readonly<Record<string, JsonObject>>)); // the suite's own fixtures
  return Buffer.concat(frames);
}

function frameOf({ exception, ...event }: Readonly<Record<string, JsonObject>>): Uint8Array {
  const kind = exception === undefined ? 'event' : 'exception';
  const [name, payload] = Object.entries(exception ?? event)[0] ?? [];
  if (name === undefined) throw new Error('an event without a name');
  return CODEC.encode({
    headers: {
      [`:${kind}-type`]: { type: 'string', value: name },
      ':content-type': { type: 'string', value: 'application/json' },
      ':message-type': { type: 'string', value: kind },
    },
    body: Buffer.from(JSON.stringify(payload)),
  });
}
