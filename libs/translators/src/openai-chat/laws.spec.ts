import { readdirSync, readFileSync } from 'node:fs';
import { isJsonObject, type CanonicalEvent, type JsonObject, type JsonValue } from '@sluice/core';
import { describeFormatLaws, joinDeltas, openAiChatStreams, type LawSubject } from '@sluice/translator-kit/laws';
import { loadRecordings, missingRecordingsNotice } from '@sluice/testing';
import { openAiChat } from './format.js';

/** Longer recordings are read by the official client's spec; here every cutting of the bytes is tried. */
const MAX_LAW_BYTES = 8 * 1024;

/** They count in ways of their own, which a translation brings to OpenAI's. */
const OWN_COUNTS = /xai|moonshot/;

const samples = (kind: string): Record<string, Buffer> => {
  const directory = new URL(`./__fixtures__/${kind}/`, import.meta.url);
  return Object.fromEntries(
    readdirSync(directory)
      .filter((file) => !file.endsWith('.canonical.json'))
      .map((file) => [file, readFileSync(new URL(file, directory))]),
  );
};
const recordings = (mode: 'json' | 'stream'): Record<string, Buffer> =>
  Object.fromEntries(
    loadRecordings('openai-chat')
      .filter(
        (recording) =>
          recording.mode === mode && recording.body.length <= MAX_LAW_BYTES && !OWN_COUNTS.test(recording.id),
      )
      .map(({ id, body }) => [id, body]),
  );

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

/** Null, absent and the empty string mean the same in this format. */
function withoutNulls(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutNulls(item) ?? null);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== '');
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

/** Usage is told once, at the end, and may be told in more words. A failure is known by its message. */
function usageLast(events: readonly CanonicalEvent[]): readonly unknown[] {
  const usages = events.filter((event) => event.type === 'usage');
  const rest = events.filter((event) => event.type !== 'usage');
  return [...joinDeltas(rest).map(failureByMessage), { ...usages.at(-1)?.usage, raw: undefined }];
}

function failureByMessage(event: CanonicalEvent): unknown {
  return event.type === 'response-error' ? { ...event, error: event.error.message } : event;
}

const subject: LawSubject = {
  requests: Object.fromEntries(
    Object.entries(samples('requests')).map(([name, body]) => [
      name,
      { path: '/v1/chat/completions', query: '', body },
    ]),
  ),
  responses: { ...samples('responses'), ...recordings('json') },
  streams: { ...samples('streams'), ...recordings('stream') },
  generatedStreams: openAiChatStreams,
  comparable: {
    request: (body: JsonObject) => withoutNulls(body),
    response: (body: JsonObject) => withoutNulls(body),
    events: (events) => usageLast(events) as readonly CanonicalEvent[], // compared, never read
  },
  context: { dialect: { sendReasoningBack: 'always' } },
};

describeFormatLaws(openAiChat, subject);
