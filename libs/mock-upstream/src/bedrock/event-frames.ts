import type { JsonObject } from '@sluice/core';
import { encodeMessage, inferHeaders } from '@sluice/event-stream';

const JSON_TYPE = 'application/json';

/** The bytes of an event. */
export function eventFrame(name: string, payload: JsonObject): Buffer {
  return frameOf(eventHeaders(name), JSON.stringify(payload));
}

/** The bytes of a modelled failure. */
export function exceptionFrame(name: string, message: string): Buffer {
  const headers = { ':exception-type': name, ':content-type': JSON_TYPE, ':message-type': 'exception' };
  return frameOf(headers, JSON.stringify({ message }));
}

/** The bytes of an event with right checksums whose payload is broken JSON. */
export function brokenFrame(): Buffer {
  return frameOf(eventHeaders('contentBlockDelta'), '{"contentBlockIndex":0,"delta":');
}

function eventHeaders(name: string): Readonly<Record<string, string>> {
  return { ':event-type': name, ':content-type': JSON_TYPE, ':message-type': 'event' };
}

function frameOf(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  return encodeMessage({ typedHeaders: inferHeaders(headers), payload: Buffer.from(payload) });
}
