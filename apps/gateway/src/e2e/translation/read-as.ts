import { anthropicClient, openAiClient } from '../harness/format-client.js';
import type { AskMode } from './directions.js';
import { bedrockClient, googleClient } from './sdk-clients.js';
import { readAnthropicStream, readAnthropicWhole } from './scorer/read-anthropic-answer.js';
import { readBedrockStream, readBedrockWhole } from './scorer/read-bedrock-answer.js';
import { readGeminiStream, readGeminiWhole } from './scorer/read-gemini-answer.js';
import type { NeutralAnswer } from './scorer/neutral-answer.js';
import { readOpenAiStream, readOpenAiWhole } from './scorer/read-openai-answer.js';
import { readResponsesStream, readResponsesWhole } from './scorer/read-responses-answer.js';
import type { VendorFormat } from './vendors.js';

/** A format whose vendor has an SDK. */
export type ReadableFormat = Exclude<VendorFormat, 'kiro'>;

type Read = (url: string, model: string) => Promise<NeutralAnswer>;

const READERS: Readonly<Record<ReadableFormat, Readonly<Record<AskMode, Read>>>> = {
  'openai-chat': {
    stream: (url, model) => readOpenAiStream(openAiClient(url), model),
    whole: (url, model) => readOpenAiWhole(openAiClient(url), model),
  },
  'openai-responses': {
    stream: (url, model) => readResponsesStream(openAiClient(url), model),
    whole: (url, model) => readResponsesWhole(openAiClient(url), model),
  },
  'anthropic-messages': {
    stream: (url, model) => readAnthropicStream(anthropicClient(url), model),
    whole: (url, model) => readAnthropicWhole(anthropicClient(url), model),
  },
  gemini: {
    stream: (url, model) => readGeminiStream(googleClient(url), model),
    whole: (url, model) => readGeminiWhole(googleClient(url), model),
  },
  'bedrock-converse': {
    stream: (url, model) => readBedrockStream(bedrockClient(url), model),
    whole: (url, model) => readBedrockWhole(bedrockClient(url), model),
  },
};

/** Lets the SDK of a format read what an address answers. */
export function readAs(format: ReadableFormat, url: string, model: string, mode: AskMode): Promise<NeutralAnswer> {
  return READERS[format][mode](url, model);
}
