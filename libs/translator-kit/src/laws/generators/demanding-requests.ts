import fc from 'fast-check';
import type { CanonicalRequest, Message, Tool } from '@sluice/core';
import { requests } from './requests.js';

const FOREIGN = { 'law-format': { x_member: true } };

const sampling = fc.record(
  {
    temperature: fc.constantFrom(0, 2),
    topP: fc.constant(0.5),
    topK: fc.constant(40),
    stop: fc.constantFrom([' '], ['a', 'b', 'c', 'd', 'e', 'f']),
    seed: fc.constant(7),
    presencePenalty: fc.constant(1),
    frequencyPenalty: fc.constant(1),
    candidates: fc.constant(2),
    logprobs: fc.constant(3),
  },
  { requiredKeys: [] },
);

const reasoning = fc.record(
  {
    mode: fc.constantFrom('off' as const, 'on' as const, 'adaptive' as const),
    effort: fc.constantFrom('low', 'max', 'enormous'),
    budgetTokens: fc.constantFrom(1, 1_000_000),
    show: fc.constantFrom('full' as const, 'none' as const),
  },
  { requiredKeys: ['mode'] },
);

const options = fc.record(
  {
    toolChoice: fc.constantFrom(
      { mode: 'required' as const, parallel: false },
      { mode: 'named' as const, name: 'nobody' },
    ),
    reasoning,
    responseFormat: fc.constantFrom(
      { type: 'json' as const },
      { type: 'json-schema' as const, schema: { type: 'array' }, strict: true },
    ),
    endUser: fc.constant('someone'),
    serviceTier: fc.constantFrom('flex', 'unheard-of'),
    extensions: fc.constant(FOREIGN),
  },
  { requiredKeys: [] },
);

const serverTool: Tool = {
  kind: 'server',
  tool: 'search',
  raw: { format: 'law-format', value: { type: 'search' } },
};

/** Requests with more in them than any one vendor can be told, so that every encoder has something to report. */
export const demandingRequests: fc.Arbitrary<CanonicalRequest> = fc
  .record({ request: requests, sampling, options, hasMarks: fc.boolean() })
  .map(({ request, sampling: drawn, options: members, hasMarks }) => ({
    ...request,
    ...members,
    sampling: { ...request.sampling, ...drawn },
    messages: hasMarks ? request.messages.map(marked) : request.messages,
    tools: hasMarks ? [...request.tools, serverTool] : request.tools,
  }));

function marked(message: Message): Message {
  const content = message.content.map((block) => ({ ...block, cache: { ttl: '1h' as const }, extensions: FOREIGN }));
  return { ...message, content };
}
