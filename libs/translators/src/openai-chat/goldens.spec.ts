import { readFileSync } from 'node:fs';
import type { CanonicalEvent, CanonicalRequest, CanonicalResponse } from '@sluice/core';
import { SseParser } from '@sluice/streaming';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';
import { decodeResponse } from './decode-response.js';
import { ChatStreamDecoder } from './stream-decoder.js';

const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'm',
  upstreamModel: 'm',
  dialect: {},
};
const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };

const fixture = (path: string): Buffer => readFileSync(new URL(`./__fixtures__/${path}`, import.meta.url));
const canonical = (path: string): unknown => JSON.parse(fixture(`${path}.canonical.json`).toString());

describe('goldens', () => {
  it.each(['parallel-results'])('request %s', (name) => {
    const call = { path: '/v1/chat/completions', query: '', body: fixture(`requests/${name}.json`) };

    expect(decodeRequest(call)).toEqual(canonical(`requests/${name}`));
  });

  it.each(['rich'])('response %s', (name) => {
    const response: CanonicalResponse = decodeResponse(fixture(`responses/${name}.json`), CONTEXT, REQUEST);

    expect(response).toEqual(canonical(`responses/${name}`));
  });

  it.each(['interleaved-calls'])('stream %s', (name) => {
    const events: CanonicalEvent[] = [];
    const parser = new SseParser();
    const decoder = new ChatStreamDecoder(CONTEXT, REQUEST);
    const keep = (event: CanonicalEvent): void => void events.push(event);

    parser.push(fixture(`streams/${name}.sse`), (frame) => decoder.push(frame, keep));
    decoder.finish(keep);

    expect(events).toEqual(canonical(`streams/${name}`));
  });
});
