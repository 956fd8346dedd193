import { mapStopReason } from './map-stop-reason.js';

describe('mapStopReason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['max_tokens', 'length'],
    ['tool_use', 'tool-calls'],
    ['pause_turn', 'pause'],
    ['refusal', 'refusal'],
    ['model_context_window_exceeded', 'context-window'],
    ['brand_new', 'other'],
    ['constructor', 'other'],
  ])('reads %s as %s and keeps it', (raw, unified) => {
    expect(mapStopReason({ stop_reason: raw, stop_sequence: null })).toEqual({ unified, raw });
  });

  it('names the stop sequence that was hit', () => {
    expect(mapStopReason({ stop_reason: 'stop_sequence', stop_sequence: '###' })).toEqual({
      unified: 'stop',
      raw: 'stop_sequence',
      stopSequence: '###',
    });
  });

  it.each([[{}], [{ stop_reason: null }], [{ stop_reason: '' }]])('reads %j as not finished', (source) => {
    expect(mapStopReason(source)).toBeUndefined();
  });
});
