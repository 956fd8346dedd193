import { readdirSync, readFileSync } from 'node:fs';
import { isJsonObject, type CanonicalEvent, type JsonObject, type JsonValue } from '@sluice/core';
import { loadRecordings } from '@sluice/testing';
import { describeFormatLaws } from '@sluice/translator-kit/laws';
import { anthropicMessages } from './format.js';

const fixtures = (kind: string): (readonly [string, Buffer])[] => {
  const folder = new URL(`./__fixtures__/${kind}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.canonical.json'))
    .map((name) => [name, readFileSync(new URL(name, folder))]);
};
const recordings = (mode: string) =>
  loadRecordings('anthropic-messages')
    .filter((recording) => recording.mode === mode)
    .map(({ id, body }) => [id, body] as const);

/** A string is short for one text block, and absent members for their defaults. */
function comparableRequest(value: JsonValue | undefined, name = ''): JsonValue | undefined {
  if (typeof value === 'string' && (name === 'content' || name === 'system')) return [{ type: 'text', text: value }];
  if (Array.isArray(value)) return value.map((item) => comparableRequest(item) ?? null);
  if (!isJsonObject(value)) return value;
  const { output_format: format, ...members } = value;
  const entries = Object.entries(format === undefined ? members : { ...members, output_config: { format } });
  return Object.fromEntries(
    entries
      .filter(([member, item]) => !(member === 'stream' && item === false) && !(member === 'type' && item === 'custom'))
      .map(([member, item]) => [member, comparableRequest(item, member)]),
  );
}

/** Of several words on usage the last counts. */
function comparableEvents(events: readonly CanonicalEvent[]): readonly CanonicalEvent[] {
  return events.filter(({ type }, position) => type !== 'usage' || events[position + 1]?.type !== 'usage');
}

describeFormatLaws(anthropicMessages, {
  requests: Object.fromEntries(
    fixtures('requests').map(([name, body]) => [name, { path: '/v1/messages', query: '', body }]),
  ),
  responses: Object.fromEntries([...fixtures('responses'), ...recordings('json')]),
  streams: Object.fromEntries([...fixtures('streams'), ...recordings('stream')]),
  comparable: {
    request: (body: JsonObject) => comparableRequest(body),
    response: (body: JsonObject) => ({ stop_sequence: null, ...body }),
    events: comparableEvents,
  },
});
