import { EMPTY_ANSWER, type NeutralAnswer } from './scorer/neutral-answer.js';

/**
 * What a reader sees in the recordings of Kiro, read by hand: the vendor has no public SDK. Usage is only given in
 * percent of the context and in credits, so there is none. A refused credential is the operator's affair: 502 to the client.
 */
export const KIRO_READINGS: Readonly<Record<string, NeutralAnswer>> = {
  'kiro/text.stream.bin': { ...EMPTY_ANSWER, text: 'Hello! How can I help you today?', finish: 'stop' },
  'kiro/text-metadata-first.stream.bin': { ...EMPTY_ANSWER, text: 'With metadata.', finish: 'stop' },
  'kiro/reasoning.stream.bin': {
    ...EMPTY_ANSWER,
    text: 'Done.',
    finish: 'stop',
    reasoning: 'Let me think about this.',
    signature: 'EqQBsig',
  },
  'kiro/single-tool.stream.bin': {
    ...EMPTY_ANSWER,
    text: 'Let me look.',
    finish: 'tools',
    calls: [{ id: 'tooluse_A1', name: 'read_file', input: { path: '/etc/hosts' } }],
  },
  'kiro/parallel-tools.stream.bin': {
    ...EMPTY_ANSWER,
    finish: 'tools',
    calls: [
      { id: 'tooluse_A', name: 'get_weather', input: { city: 'Paris' } },
      { id: 'tooluse_B', name: 'get_time', input: { tz: 'UTC' } },
    ],
  },
  'kiro/err-403-token.error.json': {
    ...EMPTY_ANSWER,
    error: {
      class: 'vendor',
      status: 502,
      message: 'The bearer token included in the request is invalid.',
    },
  },
};
