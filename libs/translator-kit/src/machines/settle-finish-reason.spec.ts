import type { FinishReason } from '@sluice/core';
import { settleFinishReason } from './settle-finish-reason.js';

describe('settleFinishReason', () => {
  it.each<[FinishReason, number, FinishReason]>([
    [{ unified: 'stop', raw: 'STOP' }, 1, { unified: 'tool-calls', raw: 'STOP' }],
    [{ unified: 'stop' }, 0, { unified: 'stop' }],
    [{ unified: 'stop', stopSequence: 'END' }, 1, { unified: 'stop', stopSequence: 'END' }],
    [{ unified: 'tool-calls', raw: 'tool_calls' }, 0, { unified: 'stop', raw: 'tool_calls' }],
    [{ unified: 'tool-calls' }, 2, { unified: 'tool-calls' }],
    [{ unified: 'length' }, 1, { unified: 'length' }],
    [{ unified: 'content-filter' }, 0, { unified: 'content-filter' }],
  ])('makes of %j with %p calls %j', (reported, toolCalls, expected) => {
    expect(settleFinishReason({ reported, toolCalls })).toEqual(expected);
  });
});
