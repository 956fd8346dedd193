import { isJsonObject, type JsonObject, type SseFrame } from '@sluice/core';
import { FuzzFault } from '../fuzz-fault.js';

/** @throws FuzzFault when the data of a frame is no JSON object */
export function readFrame(frame: SseFrame): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(frame.data);
  } catch {
    throw new FuzzFault('a frame is no JSON', frame.data.slice(0, 80));
  }
  if (!isJsonObject(value)) throw new FuzzFault('a frame is no JSON object', frame.data.slice(0, 80));
  return value;
}
