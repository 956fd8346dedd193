import {
  BedrockRuntimeClient,
  BedrockRuntimeServiceException,
  ConverseCommand,
  ConverseStreamCommand,
  type ContentBlock as WireBlock,
  type ConverseStreamOutput,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { BYTE_CUTS } from '@sluice/testing';
import type { CanonicalResponse } from '@sluice/core';
import { accumulateResponse } from '@sluice/translator-kit';
import { ANSWERS, type Answer } from '../__fixtures__/answers.js';
import { bytesOf, decodePieces, exceptionBytes } from '../__fixtures__/frames.js';
import { CLAUDE, contextOf, requestOf } from '../__fixtures__/requests.js';
import { VendorServer } from '../__fixtures__/vendor-server.js';
import { decodeError } from '../decode-error.js';
import { decodeResponse } from './decode-response.js';

const CASES = Object.entries<Answer>(ANSWERS);
const STREAM_TYPE = { 'content-type': 'application/vnd.amazon.eventstream' };
const JSON_TYPE = { 'content-type': 'application/json' };
const INPUT = { modelId: CLAUDE, messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }] };

/** What a reader takes from an answer. */
interface Gist {
  text: string;
  reasoning: string;
  signature: string;
  redacted: string;
  calls: unknown[];
  citations: unknown[];
  images: string;
  finish: string | undefined;
  usage: readonly (number | undefined)[];
}

const empty = (): Gist => ({
  text: '',
  reasoning: '',
  signature: '',
  redacted: '',
  calls: [],
  citations: [],
  images: '',
  finish: undefined,
  usage: [],
});

const base64 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('base64');

/** Bedrock counts what was cached beside the input, we count it in. */
function usageOf(usage: TokenUsage | undefined): Gist['usage'] {
  const { inputTokens = 0, cacheReadInputTokens: read, cacheWriteInputTokens: written } = usage ?? {};
  return [inputTokens + (read ?? 0) + (written ?? 0), usage?.outputTokens, read, written];
}

/** A whole answer as the official client reads it. */
async function readWhole(client: BedrockRuntimeClient): Promise<Gist> {
  const { output, stopReason, usage } = await client.send(new ConverseCommand(INPUT));
  const gist = empty();
  for (const block of output?.message?.content ?? []) addBlock(gist, block);
  return { ...gist, finish: stopReason, usage: usageOf(usage) };
}

function addBlock(gist: Gist, block: WireBlock): void {
  const { reasoningContent: reasoning, toolUse, citationsContent: cited } = block;
  gist.text += block.text ?? cited?.content?.map(({ text }) => text ?? '').join('') ?? '';
  gist.reasoning += reasoning?.reasoningText?.text ?? '';
  gist.signature += reasoning?.reasoningText?.signature ?? '';
  gist.redacted += base64(reasoning?.redactedContent);
  gist.images += base64(block.image?.source?.bytes);
  if (toolUse !== undefined) gist.calls.push([toolUse.toolUseId, toolUse.name, toolUse.input]);
  gist.citations.push(...(cited?.citations ?? []));
}

/** A stream as the official client reads it. */
async function readStream(client: BedrockRuntimeClient): Promise<Gist> {
  const { stream = [] } = await client.send(new ConverseStreamCommand(INPUT));
  const gist = empty();
  const inputs = new Map<number | undefined, [id: string | undefined, name: string | undefined, json: string]>();
  const redacted: Uint8Array[] = [];
  const images: Uint8Array[] = [];
  for await (const event of stream as AsyncIterable<ConverseStreamOutput>) {
    const { start, contentBlockIndex } = event.contentBlockStart ?? {};
    if (start?.toolUse) inputs.set(contentBlockIndex, [start.toolUse.toolUseId, start.toolUse.name, '']);
    const { delta, contentBlockIndex: at } = event.contentBlockDelta ?? {};
    gist.text += delta?.text ?? '';
    gist.reasoning += delta?.reasoningContent?.text ?? '';
    gist.signature += delta?.reasoningContent?.signature ?? '';
    redacted.push(delta?.reasoningContent?.redactedContent ?? new Uint8Array());
    images.push(delta?.image?.source?.bytes ?? new Uint8Array());
    const call = inputs.get(at);
    if (call !== undefined) call[2] += delta?.toolUse?.input ?? '';
    if (delta?.citation) gist.citations.push(delta.citation);
    gist.finish ??= event.messageStop?.stopReason;
    if (event.metadata) gist.usage = usageOf(event.metadata.usage);
  }
  gist.calls = [...inputs.values()].map(([id, name, json]) => [id, name, JSON.parse(json)]);
  return { ...gist, redacted: base64(Buffer.concat(redacted)), images: base64(Buffer.concat(images)) };
}

/** The same of a canonical answer. */
function gistOf({ content, finishReason, usage }: CanonicalResponse): Gist {
  const gist = empty();
  for (const block of content) {
    if (block.type === 'text') {
      gist.text += block.text;
      gist.citations.push(...(block.citations ?? []));
    }
    if (block.type === 'reasoning') {
      gist.reasoning += block.text;
      gist.signature += block.signature?.value ?? '';
      gist.redacted += block.redacted ?? '';
    }
    if (block.type === 'tool-call') gist.calls.push([block.id, block.name, JSON.parse(block.argumentsJson)]);
    if (block.type === 'image') gist.images += block.source.value;
  }
  const written = usage?.cacheWrite5m === undefined ? undefined : usage.cacheWrite5m + (usage.cacheWrite1h ?? 0);
  return { ...gist, finish: finishReason.raw, usage: [usage?.input, usage?.output, usage?.cacheRead, written] };
}

describe('the official client', () => {
  let vendor: VendorServer;
  let client: BedrockRuntimeClient;

  beforeAll(async () => {
    vendor = await VendorServer.open();
    client = new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: vendor.origin,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
      maxAttempts: 1,
    });
  });

  afterAll(async () => {
    client.destroy();
    await vendor.close();
  });

  it.each(CASES)('reads in the whole answer what we read: %s', async (_, { whole }) => {
    const body = Buffer.from(JSON.stringify(whole));
    vendor.answer({ headers: JSON_TYPE, pieces: [body] });

    const theirs = await readWhole(client);

    expect(gistOf(decodeResponse(body, contextOf(), requestOf()))).toEqual(theirs);
  });

  describe.each(BYTE_CUTS)('with the bytes cut (%s)', (_, cut) => {
    it.each(CASES)('reads in the stream what we read: %s', async (_name, { events }) => {
      const pieces = cut(bytesOf(...events));
      vendor.answer({ headers: STREAM_TYPE, pieces });

      const theirs = await readStream(client);

      expect(gistOf(accumulateResponse(decodePieces(pieces)))).toEqual(theirs);
    });
  });

  it.each(CASES)('would take our whole answer and our stream for the same: %s', (_, { whole, events }) => {
    const body = Buffer.from(JSON.stringify(whole));

    const streamed = accumulateResponse(decodePieces([bytesOf(...events)]));

    expect(streamed).toEqual(decodeResponse(body, contextOf(), requestOf()));
  });

  it.each([
    ['internalServerException', 'InternalServerException', 'upstream_error'],
    ['modelStreamErrorException', 'ModelStreamErrorException', 'upstream_error'],
    ['serviceUnavailableException', 'ServiceUnavailableException', 'upstream_overloaded'],
    ['throttlingException', 'ThrottlingException', 'upstream_rate_limited'],
    ['validationException', 'ValidationException', 'upstream_invalid_request'],
  ])('raises the failure that we tell of: %s', async (name, shape, kind) => {
    const bytes = Buffer.concat([
      bytesOf(...ANSWERS.text.events.slice(0, 2)),
      exceptionBytes(name, { message: 'No.' }),
    ]);
    vendor.answer({ headers: STREAM_TYPE, pieces: [bytes] });

    const raised: unknown = await readStream(client).catch((error: unknown) => error);
    const told = decodePieces([bytes]).at(-1);

    expect(raised).toBeInstanceOf(BedrockRuntimeServiceException);
    expect(raised).toMatchObject({ name: shape, message: 'No.' });
    expect(told).toMatchObject({
      type: 'response-error',
      error: { kind, message: 'No.', upstream: { type: (raised as BedrockRuntimeServiceException).name } },
    });
  });

  it.each([
    [403, 'AccessDeniedException'],
    [404, 'ResourceNotFoundException'],
    [408, 'ModelTimeoutException'],
    [424, 'ModelErrorException'],
    [429, 'ThrottlingException'],
    [429, 'ModelNotReadyException'],
    [500, 'InternalServerException'],
    [503, 'ServiceUnavailableException'],
    [400, 'ValidationException'],
  ])('raises the refusal that we read: %d %s', async (status, type) => {
    const headers = {
      ...JSON_TYPE,
      'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/`,
      'x-amzn-requestid': 'r1',
    };
    const body = Buffer.from('{"message":"Because."}');
    vendor.answer({ status, headers, pieces: [body] });

    const raised = (await readWhole(client).catch((error: unknown) => error)) as BedrockRuntimeServiceException;

    const { name, message, $metadata } = raised;
    expect(decodeError(status, headers, body).upstream).toEqual({
      status: $metadata.httpStatusCode,
      type: name,
      message,
      requestId: $metadata.requestId,
    });
  });
});
