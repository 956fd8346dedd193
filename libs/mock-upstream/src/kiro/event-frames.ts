import type { JsonObject } from '@sluice/core';
import { encodeMessage, inferHeaders } from '@sluice/event-stream';

const JSON_TYPE = 'application/json';

/** The bytes of an event. */
export function eventFrame(name: string, payload: JsonObject): Buffer {
  return frameOf(
    { ':event-type': name, ':content-type': JSON_TYPE, ':message-type': 'event' },
    JSON.stringify(payload),
  );
}

/** The bytes of a modelled failure. */
export function exceptionFrame(name: string, payload: JsonObject): Buffer {
  return frameOf(
    { ':exception-type': name, ':content-type': JSON_TYPE, ':message-type': 'exception' },
    JSON.stringify(payload),
  );
}

/** The bytes of an event with right checksums whose payload is broken JSON. */
export function brokenFrame(): Buffer {
  const headers = {
    ':event-type': 'assistantResponseEvent',
    ':content-type': JSON_TYPE,
    ':message-type': 'event',
  };
  return frameOf(headers, '{"content":');
}

function frameOf(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  return encodeMessage({ typedHeaders: inferHeaders(headers), payload: Buffer.from(payload) });
}
