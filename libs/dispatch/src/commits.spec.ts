import { GatewayError, type CanonicalEvent } from '@sluice/core';
import { commits } from './commits.js';

const CONTENT: readonly CanonicalEvent[] = [
  { type: 'block-delta', index: 0, delta: 'a' },
  { type: 'block-start', index: 0, block: { type: 'tool-call', id: 'c', name: 'n' } },
  { type: 'block-start', index: 0, block: { type: 'server-tool', id: 'c', tool: 't' } },
  { type: 'block-mark', index: 0, redacted: 'x' },
  { type: 'response-end', finishReason: { unified: 'stop' } },
];

const OPENING: readonly CanonicalEvent[] = [
  { type: 'response-start', id: 'r', model: 'm' },
  { type: 'block-start', index: 0, block: { type: 'text' } },
  { type: 'block-start', index: 0, block: { type: 'reasoning' } },
  { type: 'block-delta', index: 0, delta: '' },
  { type: 'block-end', index: 0 },
  { type: 'usage', usage: { input: 1, source: 'upstream' } },
  { type: 'opaque', format: 'script', frame: { kind: 'sse', data: '' } },
  { type: 'response-error', error: new GatewayError({ kind: 'upstream_error', message: 'no' }) },
];

describe('commits', () => {
  it.each(CONTENT)('lets no other attempt follow on %j', (event) => {
    expect(commits(event)).toBe(true);
  });

  it.each(OPENING)('leaves the choice after %j', (event) => {
    expect(commits(event)).toBe(false);
  });
});
