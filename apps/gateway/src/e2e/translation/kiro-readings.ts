import type { VendorAnswer } from '../harness/vendor-answers.js';
import type { AskMode } from './directions.js';
import { EMPTY_ANSWER, type NeutralAnswer } from './scorer/neutral-answer.js';

/**
 * What a reader sees in Kiro's answers, read by hand: the vendor has no public SDK. Usage is only given in
 * percent of the context and in credits, so there is none. A refused credential is the operator's affair: 502 to the client.
 */
const KIRO_READINGS: Readonly<Record<string, NeutralAnswer>> = {
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
  'kiro/error-midstream.events.jsonl': {
    ...EMPTY_ANSWER,
    text: 'Half a',
    error: {
      class: 'rate-limit',
      status: undefined,
      message: 'Too many requests, please wait before trying again.',
    },
  },
  'kiro/multibyte.events.jsonl': {
    ...EMPTY_ANSWER,
    text: 'Flut um zwölf — 満潮 🌊🏖️ à Saint‑Malo.',
    finish: 'stop',
  },
  'kiro/parallel-tool-calls.events.jsonl': {
    ...EMPTY_ANSWER,
    finish: 'tools',
    calls: [
      { id: 'tooluse_a', name: 'get_tide', input: { port: 'Brest' } },
      { id: 'tooluse_b', name: 'get_tide', input: { port: 'Dover', days: [1, 2] } },
    ],
  },
  'kiro/reasoning-and-calls.events.jsonl': {
    ...EMPTY_ANSWER,
    finish: 'tools',
    reasoning: 'Ask both.',
    signature: 'EikKFAgLGAIqDnNpZ25lZCBieSBraXJvEhFub25jZS1vZi10aGUtdGVzdA==',
    calls: [
      { id: 'tooluse_kiro_1', name: 'get_tide', input: { port: 'Brest' } },
      { id: 'tooluse_kiro_2', name: 'list_ports', input: {} },
    ],
  },
  'kiro/text.events.jsonl': { ...EMPTY_ANSWER, text: 'At noon.', finish: 'stop' },
  'kiro/tool-no-args.events.jsonl': {
    ...EMPTY_ANSWER,
    text: 'Let me list them.',
    finish: 'tools',
    calls: [{ id: 'tooluse_none', name: 'list_ports', input: {} }],
  },
};

/**
 * What an answer of Kiro says. Whoever asks for it whole has nothing of one that fails.
 * @throws Error for one that nobody has read yet
 */
export function readingOfKiro({ id }: VendorAnswer, mode: AskMode): NeutralAnswer {
  const reading = KIRO_READINGS[id.replace(/^own\//, '')];
  if (reading === undefined) throw new Error(`nobody has read ${id}`);
  return mode === 'whole' && reading.error !== undefined ? { ...EMPTY_ANSWER, error: reading.error } : reading;
}
