import type { GenerateContentResponse, GoogleGenAI, Part } from '@google/genai';
import { neutralError } from './neutral-error.js';
import { EMPTY_ANSWER, type NeutralAnswer, type NeutralFinish } from './neutral-answer.js';

const FINISHES: Readonly<Record<string, NeutralFinish>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'filter',
  RECITATION: 'filter',
  LANGUAGE: 'filter',
  BLOCKLIST: 'filter',
  PROHIBITED_CONTENT: 'filter',
  SPII: 'filter',
};

const contents = 'Say it.';

/** A whole answer as Google's SDK reads it. */
export async function readGeminiWhole(client: GoogleGenAI, model: string): Promise<NeutralAnswer> {
  try {
    return readChunks([await client.models.generateContent({ model, contents })]);
  } catch (thrown) {
    return { ...EMPTY_ANSWER, error: neutralError(thrown) };
  }
}

/** A stream as a reader of Google's SDK puts it together: the SDK hands on chunks and assembles nothing. */
export async function readGeminiStream(client: GoogleGenAI, model: string): Promise<NeutralAnswer> {
  const chunks: GenerateContentResponse[] = [];
  try {
    for await (const chunk of await client.models.generateContentStream({ model, contents })) chunks.push(chunk);
    return readChunks(chunks);
  } catch (thrown) {
    return { ...readChunks(chunks), finish: undefined, error: neutralError(thrown) };
  }
}

function readChunks(chunks: readonly GenerateContentResponse[]): NeutralAnswer {
  const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  const calls = parts.flatMap(({ functionCall: call }, index) =>
    // calls without an id are told apart by their place
    call === undefined ? [] : [{ id: call.id ?? `part ${index}`, name: call.name ?? '', input: call.args ?? {} }],
  );
  const finish = readFinish(chunks);
  return {
    ...EMPTY_ANSWER,
    text: textOf(parts.filter(({ thought }) => thought !== true)),
    calls,
    finish: finish === 'stop' && calls.length > 0 ? 'tools' : finish,
    reasoning: textOf(parts.filter(({ thought }) => thought === true)),
    signature: parts.findLast(({ thoughtSignature }) => thoughtSignature !== undefined)?.thoughtSignature,
    usage: readUsage(chunks),
  };
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text ?? '').join('');
}

/** A prompt that was refused has no candidates. */
function readFinish(chunks: readonly GenerateContentResponse[]): NeutralFinish | undefined {
  if (chunks.some(({ promptFeedback }) => promptFeedback?.blockReason !== undefined)) return 'filter';
  const reason = chunks.findLast(({ candidates }) => candidates?.[0]?.finishReason)?.candidates?.[0]?.finishReason;
  return reason === undefined ? undefined : (FINISHES[reason] ?? 'stop');
}

/** Thoughts and the results of the vendor's tools stand beside output and prompt; zeros are left out on the wire. */
function readUsage(chunks: readonly GenerateContentResponse[]): NeutralAnswer['usage'] {
  const usage = chunks.findLast(({ usageMetadata }) => usageMetadata?.promptTokenCount !== undefined)?.usageMetadata;
  return (
    usage && {
      input: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
      output: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
      cacheRead: usage.cachedContentTokenCount ?? 0,
    }
  );
}
