import { encodeStopReason, mapBlockReason, mapStopReason } from './map-stop-reason.js';

describe('mapStopReason', () => {
  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['CONTINUATION', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['LANGUAGE', 'content-filter'],
    ['BLOCKLIST', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['SPII', 'content-filter'],
    ['IMAGE_SAFETY', 'content-filter'],
    ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
    ['IMAGE_RECITATION', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
    ['UNEXPECTED_TOOL_CALL', 'error'],
    ['TOO_MANY_TOOL_CALLS', 'error'],
    ['MISSING_THOUGHT_SIGNATURE', 'error'],
    ['OTHER', 'other'],
    ['NO_IMAGE', 'other'],
    ['IMAGE_OTHER', 'other'],
    ['FINISH_REASON_UNSPECIFIED', 'other'],
    ['A_WORD_OF_TOMORROW', 'other'],
  ])('%s means %s', (raw, unified) => {
    expect(mapStopReason({ finishReason: raw })).toEqual({ unified, raw });
  });

  it.each([{}, { finishReason: null }, { finishReason: '' }])('is unfinished: %j', (candidate) => {
    expect(mapStopReason(candidate)).toBeUndefined();
  });
});

describe('mapBlockReason', () => {
  it('is a content filter that keeps its word', () => {
    expect(mapBlockReason({ promptFeedback: { blockReason: 'JAILBREAK' } })).toEqual({
      unified: 'content-filter',
      raw: 'JAILBREAK',
    });
  });

  it.each([{}, { promptFeedback: { safetyRatings: [] } }])('is none: %j', (answer) => {
    expect(mapBlockReason(answer)).toBeUndefined();
  });
});

describe('encodeStopReason', () => {
  it.each([
    [{ unified: 'stop', raw: 'end_turn' }, 'STOP'],
    [{ unified: 'tool-calls', raw: 'tool_use' }, 'STOP'],
    [{ unified: 'tool-calls', raw: 'STOP' }, 'STOP'],
    [{ unified: 'length' }, 'MAX_TOKENS'],
    [{ unified: 'context-window' }, 'MAX_TOKENS'],
    [{ unified: 'refusal', raw: 'refusal' }, 'SAFETY'],
    [{ unified: 'content-filter', raw: 'RECITATION' }, 'RECITATION'],
    [{ unified: 'content-filter', raw: 'content_filter' }, 'SAFETY'],
    [{ unified: 'pause' }, 'OTHER'],
    [{ unified: 'error', raw: 'MALFORMED_FUNCTION_CALL' }, 'MALFORMED_FUNCTION_CALL'],
    [{ unified: 'other', raw: 'length' }, 'OTHER'],
  ] as const)('%j is %s', (reason, word) => {
    expect(encodeStopReason(reason)).toBe(word);
  });
});
