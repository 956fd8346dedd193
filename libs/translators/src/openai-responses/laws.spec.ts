import { readdirSync, readFileSync } from 'node:fs';
import { isJsonObject, type CanonicalEvent, type JsonObject, type JsonValue } from '@sluice/core';
import { loadRecordings, missingRecordingsNotice } from '@sluice/testing';
import { describeFormatLaws, type LawRunner, type LawSubject } from '@sluice/translator-kit/laws';
import { openAiResponses } from './format.js';

/** Longer recordings are read by the official client's spec; here every cutting of the bytes is tried. */
const MAX_LAW_BYTES = 16 * 1024;

const samples = (kind: string): Record<string, Buffer> => {
  const directory = new URL(`./__fixtures__/${kind}/`, import.meta.url);
  return Object.fromEntries(readdirSync(directory).map((file) => [file, readFileSync(new URL(file, directory))]));
};
const recordings = (mode: 'json' | 'stream'): Record<string, Buffer> =>
  Object.fromEntries(
    loadRecordings('openai-responses')
      .filter((recording) => recording.mode === mode && recording.body.length <= MAX_LAW_BYTES)
      .map(({ id, body }) => [id, body]),
  );

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

/** Null, absent, the empty string and the empty list mean the same in this format. */
function withoutNothing(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutNothing(item) ?? null);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => !isNothing(member));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNothing(member)]));
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A failure is known by its message, usage may be told in more words, and every stream has numbers of its own. */
function comparableEvents(events: readonly CanonicalEvent[]): readonly unknown[] {
  return events.map((event) => {
    if (event.type === 'response-error') return { ...event, error: event.error.message };
    if (event.type === 'opaque' && event.frame.kind === 'sse') {
      return { ...event, frame: { ...JSON.parse(event.frame.data), sequence_number: undefined } };
    }
    return event.type === 'usage' ? { ...event, usage: { ...event.usage, raw: undefined } } : event;
  });
}

const subject: LawSubject = {
  requests: Object.fromEntries(
    Object.entries(samples('requests')).map(([name, body]) => [name, { path: '/v1/responses', query: '', body }]),
  ),
  responses: { ...samples('responses'), ...recordings('json') },
  streams: { ...samples('streams'), ...recordings('stream') },
  comparable: {
    request: (body: JsonObject) => withoutNothing(body),
    response: (body: JsonObject) => withoutNothing(body),
    events: (events) => comparableEvents(events) as readonly CanonicalEvent[], // compared, never read
  },
};

/**
 * The format's own end repeats the whole answer, so that its encoder has to keep what it said; how much that may be, its own
 * spec says. Everything else is as for all formats.
 */
const runner: LawRunner = {
  describe: (name, body) => describe(name, body),
  it: (name, body) => (name.startsWith('bounded memory: encoding') ? undefined : it(name, body)),
};

describeFormatLaws(openAiResponses, subject, runner);
