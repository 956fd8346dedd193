import type { FinishReason, JsonObject } from '@sluice/core';
import { encodeStatus } from './answer/encode-status.js';
import { mapStopReason } from './map-stop-reason.js';

describe('mapStopReason', () => {
  it.each<[JsonObject, FinishReason | undefined]>([
    [{ status: 'completed' }, { unified: 'stop', raw: 'completed' }],
    [
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      { unified: 'length', raw: 'max_output_tokens' },
    ],
    [
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      { unified: 'content-filter', raw: 'content_filter' },
    ],
    [
      { status: 'incomplete', incomplete_details: null },
      { unified: 'other', raw: 'incomplete' },
    ],
    [
      { status: 'incomplete', incomplete_details: { reason: 'bored' } },
      { unified: 'other', raw: 'bored' },
    ],
    [
      { status: 'completed', stop_sequence: '\nEND' },
      { unified: 'stop', raw: 'completed', stopSequence: '\nEND' },
    ],
    [{ status: 'failed' }, { unified: 'error', raw: 'failed' }],
    [{ status: 'cancelled' }, { unified: 'other', raw: 'cancelled' }],
    [{ status: 'in_progress' }, undefined],
    [{ status: 'queued' }, undefined],
    [{}, undefined],
  ])('%j is %j', (response, expected) => {
    expect(mapStopReason(response)).toEqual(expected);
  });
});

describe('encodeStatus', () => {
  it.each<[FinishReason['unified'], string, string | undefined]>([
    ['stop', 'completed', undefined],
    ['tool-calls', 'completed', undefined],
    ['length', 'incomplete', 'max_output_tokens'],
    ['context-window', 'incomplete', 'max_output_tokens'],
    ['content-filter', 'incomplete', 'content_filter'],
    ['refusal', 'incomplete', 'content_filter'],
    ['pause', 'incomplete', undefined],
    ['other', 'completed', undefined],
  ])('%s is %s, %s', (unified, status, reason) => {
    expect(encodeStatus({ unified }, false)).toEqual({
      status,
      incomplete_details: reason === undefined ? null : { reason },
    });
  });

  it('a refusal in words is a completed answer', () => {
    expect(encodeStatus({ unified: 'refusal' }, true)).toEqual({ status: 'completed', incomplete_details: null });
  });
});
