import type { GatewayErrorRow } from '@sluice/core';
import { renderErrors, renderErrorWords } from './render-errors.js';

const BUSY: GatewayErrorRow = {
  status: 429,
  fromUpstream: true,
  retryAfter: true,
  openAi: 'rate_limit_error',
  openAiCode: 'slow_down',
  anthropic: 'rate_limit_error',
  google: 'RESOURCE_EXHAUSTED',
  controlType: 'provider_api_error',
  meaning: 'Too much.',
  advice: 'Wait.',
};
const GONE: GatewayErrorRow = {
  status: 404,
  fromUpstream: false,
  retryAfter: false,
  openAi: 'invalid_request_error',
  anthropic: 'not_found_error',
  google: 'NOT_FOUND',
  meaning: 'Nothing there.',
  advice: 'Look elsewhere.',
};

describe('renderErrors', () => {
  it('says what each failure is and what to do', () => {
    expect(renderErrors({ busy: BUSY, gone: GONE })).toBe(
      [
        '| kind | HTTP | `retry-after` | what it is | what to do |',
        '| --- | --- | --- | --- | --- |',
        "| `busy` | 429, or the vendor's | yes | Too much. | Wait. |",
        '| `gone` | 404 | no | Nothing there. | Look elsewhere. |',
      ].join('\n'),
    );
  });
});

describe('renderErrorWords', () => {
  it('says how each is read; the kind stands where there is no other word', () => {
    expect(renderErrorWords({ busy: BUSY, gone: GONE }).split('\n').slice(2)).toEqual([
      '| `busy` | `rate_limit_error` | `slow_down` | `rate_limit_error` | `RESOURCE_EXHAUSTED` | `provider_api_error` |',
      '| `gone` | `invalid_request_error` | `gone` | `not_found_error` | `NOT_FOUND` | `gone` |',
    ]);
  });
});
