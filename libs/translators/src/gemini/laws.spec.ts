import { readdirSync, readFileSync } from 'node:fs';
import { isJsonObject, type CanonicalEvent, type JsonObject, type JsonValue } from '@sluice/core';
import { loadRecordings, missingRecordingsNotice } from '@sluice/testing';
import { describeFormatLaws } from '@sluice/translator-kit/laws';
import { gemini } from './format.js';

const fixtures = (kind: string): Record<string, Buffer> => {
  const folder = new URL(`./__fixtures__/${kind}/`, import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))]));
};
const recordings = (mode: 'json' | 'stream'): Record<string, Buffer> =>
  Object.fromEntries(
    loadRecordings('gemini')
      .filter((recording) => recording.mode === mode)
      .map(({ id, body }) => [id, body]),
  );

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

/** Objects whose members are a tool's own words. */
const FREE = new Set(['args', 'response', 'properties']);

/** Google reads both spellings. */
function camelCased(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item: JsonValue) => camelCased(item) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      FREE.has(name) ? member : camelCased(member),
    ]),
  );
}

/** An absent index is the first one. */
function withIndex(body: JsonObject): JsonObject {
  const { candidates } = body;
  if (!Array.isArray(candidates)) return body;
  return {
    ...body,
    candidates: candidates.map((item: JsonValue) => (isJsonObject(item) ? { index: 0, ...item } : item)),
  };
}

/** Of several words on usage the last counts, wherever it stands. */
function comparableEvents(events: readonly CanonicalEvent[]): readonly CanonicalEvent[] {
  const last = events.findLast(({ type }) => type === 'usage');
  return [...events.filter(({ type }) => type !== 'usage'), ...(last === undefined ? [] : [last])];
}

describeFormatLaws(gemini, {
  requests: Object.fromEntries(
    Object.entries(fixtures('requests')).map(([name, body]) => {
      const model = name === 'server-tools.json' ? 'gemini-3-flash' : 'gemini-2.5-pro';
      return [name, { path: `/v1beta/models/${model}:generateContent`, query: '', body }];
    }),
  ),
  responses: { ...fixtures('responses'), ...recordings('json') },
  streams: { ...fixtures('streams'), ...recordings('stream') },
  comparable: {
    request: (body) => camelCased(body),
    response: withIndex,
    events: comparableEvents,
  },
});
