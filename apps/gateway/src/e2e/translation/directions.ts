import type { JsonObject } from '@sluice/core';
import type { MockBehaviour } from '@sluice/mock-upstream';
import { anthropicClient, openAiClient } from '../harness/format-client.js';
import { MODELS, singleAccounts, VENDOR_KEY, type TestFormat } from '../harness/test-configuration.js';
import { replaying, type VendorAnswer } from '../harness/vendor-answers.js';
import { KIRO_READINGS } from './kiro-readings.js';
import type { NeutralAnswer } from './scorer/neutral-answer.js';
import { readAnthropicStream, readAnthropicWhole } from './scorer/read-anthropic-answer.js';
import { readOpenAiStream, readOpenAiWhole } from './scorer/read-openai-answer.js';

/** One pair of formats. */
export interface Direction {
  readonly name: string;
  readonly upstream: TestFormat | 'kiro';
  readonly client: TestFormat;
  /** Of the upstream's account. */
  readonly model: string;
  readonly isSameFamily: boolean;
}

/** How the client asks for an answer. */
export type AskMode = 'stream' | 'whole';

const KIRO_MODEL = 'kiro-test';

export const DIRECTIONS: readonly Direction[] = [
  direction('openai-chat', 'anthropic-messages'),
  direction('anthropic-messages', 'openai-chat'),
  direction('kiro', 'anthropic-messages'),
  direction('kiro', 'openai-chat'),
];

function direction(upstream: Direction['upstream'], client: TestFormat): Direction {
  const model = upstream === 'kiro' ? KIRO_MODEL : MODELS[upstream];
  const isSameFamily = upstream === 'kiro' && client === 'anthropic-messages'; // Kiro serves Anthropic's models
  return { name: `${upstream} → ${client}`, upstream, client, model, isSameFamily };
}

/** The accounts of the harness, and one of Kiro. */
export function accountsWithKiro(vendorUrl: string): JsonObject[] {
  const kiro: JsonObject = {
    id: 'kiro',
    provider: 'kiro',
    accessToken: VENDOR_KEY,
    endpoints: { inference: vendorUrl },
    models: [KIRO_MODEL],
    cooldown: { enabled: false },
  };
  return [...singleAccounts(vendorUrl), kiro];
}

/** Kiro only streams, for clients of both kinds; other vendors answer as they were asked. */
export function modesOf({ upstream }: Direction, { mode }: VendorAnswer): readonly AskMode[] {
  if (upstream === 'kiro') return ['stream', 'whole'];
  return mode === 'stream' ? ['stream'] : ['whole'];
}

/** Makes the mock give this answer in these pieces, under the vendor's media type. */
export function replayOf({ upstream }: Direction, answer: VendorAnswer, pieces: readonly Buffer[]): MockBehaviour {
  const behaviour = replaying(answer, pieces);
  if (upstream !== 'kiro' || answer.mode !== 'stream' || behaviour.replay === undefined) return behaviour;
  return { replay: { ...behaviour.replay, headers: { 'content-type': 'application/vnd.amazon.eventstream' } } };
}

/** Lets the SDK of a format read what an address answers. */
export function readAs(format: TestFormat, url: string, model: string, mode: AskMode): Promise<NeutralAnswer> {
  if (format === 'openai-chat') {
    return (mode === 'stream' ? readOpenAiStream : readOpenAiWhole)(openAiClient(url), model);
  }
  return (mode === 'stream' ? readAnthropicStream : readAnthropicWhole)(anthropicClient(url), model);
}

/** What Kiro's recording says. @throws Error for one that nobody has read yet */
export function readingOfKiro({ id }: VendorAnswer): NeutralAnswer {
  const reading = KIRO_READINGS[id];
  if (reading === undefined) throw new Error(`nobody has read ${id}`);
  return reading;
}
