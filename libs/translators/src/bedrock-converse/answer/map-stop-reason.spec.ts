import { mapStopReason } from './map-stop-reason.js';

describe('mapStopReason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['tool_use', 'tool-calls'],
    ['guardrail_intervened', 'content-filter'],
    ['content_filtered', 'content-filter'],
    ['model_context_window_exceeded', 'context-window'],
    ['malformed_model_output', 'error'],
    ['malformed_tool_use', 'error'],
    ['of_tomorrow', 'other'],
  ])('%s is %s', (stopReason, unified) => {
    expect(mapStopReason({ stopReason })).toEqual({ unified, raw: stopReason });
  });

  it.each([[{ stop_sequence: 'END' }], [{ delta: { stop_sequence: 'END' } }]])(
    'names the stop sequence that was hit: %j',
    (additionalModelResponseFields) => {
      expect(mapStopReason({ stopReason: 'stop_sequence', additionalModelResponseFields })).toEqual({
        unified: 'stop',
        raw: 'stop_sequence',
        stopSequence: 'END',
      });
    },
  );

  it('is unknown without a word', () => {
    expect(mapStopReason({})).toBeUndefined();
  });
});
