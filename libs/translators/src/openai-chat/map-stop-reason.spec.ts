import { mapStopReason } from './map-stop-reason.js';

describe('mapStopReason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['insufficient_system_resource', 'error'],
    ['error', 'error'],
    ['network_error', 'error'],
    ['abort', 'error'],
    ['SAFETY', 'content-filter'],
    ['refusal', 'content-filter'],
    ['model_length', 'context-window'],
    ['STOP', 'stop'],
    ['brand_new', 'other'],
    ['constructor', 'other'],
  ])('reads %s as %s and keeps it', (raw, unified) => {
    expect(mapStopReason(raw)).toEqual({ unified, raw });
  });

  it.each([null, undefined, '', 0])('reads %p as not finished', (raw) => {
    expect(mapStopReason(raw)).toBeUndefined();
  });
});
