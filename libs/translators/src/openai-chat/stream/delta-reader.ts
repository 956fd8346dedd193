import { isJsonObject, type CanonicalEvent, type JsonObject, type JsonValue } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { carryUnknown, countMember, objectMember, objectsMember, textMember } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { hasSubstance } from '../read-chunk.js';
import { spellingOf } from '../request/decode-history-reasoning.js';
import { audioTypeOf } from '../request/media-types.js';
import { readContent, readPart } from '../response/read-content.js';
import { readReasoningDetail } from '../response/reasoning-details.js';
import { callsIn } from '../tool-arguments.js';
import type { AnswerBlocks } from './answer-blocks.js';
import { saysSomething, type CallReader } from './call-reader.js';
import { partOf, residue } from './residue.js';

/** Members of a delta that are read here. Everything else travels as it is. */
const READ: ReadonlySet<string> = new Set([
  'role',
  'content',
  'refusal',
  'reasoning_content',
  'reasoning',
  'reasoning_text',
  'reasoning_details',
  'tool_calls',
  'function_call',
  'annotations',
  'images',
  'audio',
]);
const AUDIO_DATA: ReadonlySet<string> = new Set(['data']);

export interface DeltaReaderOptions {
  readonly blocks: AnswerBlocks;
  readonly calls: CallReader;
  readonly audioFormat: string;
}

/**
 * The deltas of one answer → blocks. Members that the canonical model has not, and log probabilities, follow as an opaque
 * chunk of their own, in their place.
 */
export class DeltaReader {
  readonly #blocks: AnswerBlocks;
  readonly #calls: CallReader;
  readonly #audioType: string;

  constructor({ blocks, calls, audioFormat }: DeltaReaderOptions) {
    this.#blocks = blocks;
    this.#calls = calls;
    this.#audioType = audioTypeOf(audioFormat);
  }

  /** @throws GatewayError `upstream_invalid_response` when the vendor sends more than can be held */
  read(choice: JsonObject, emit: Emit<CanonicalEvent>): void {
    const delta = choice['delta'] ?? choice['message'];
    if (!isJsonObject(delta)) return;
    const { content } = delta;
    if (typeof content === 'string' && isMereContent(delta)) {
      if (content !== '') this.#blocks.prose('text', content, emit);
    } else this.#readAll(choice, delta, emit);
    const logprobs = choice['logprobs'];
    if (logprobs !== undefined && logprobs !== null) emit(residue({}, logprobs));
  }

  #readAll(choice: JsonObject, delta: JsonObject, emit: Emit<CanonicalEvent>): void {
    let left: Record<string, JsonValue | undefined> | undefined;
    const leave = (name: string, value: JsonValue): void => {
      left = { ...left, [name]: value };
    };
    this.#readReasoning(delta, emit, leave);
    this.#readContent(delta['content'], emit);
    const refusal = delta['refusal'];
    if (typeof refusal === 'string' && refusal !== '') this.#blocks.prose('refusal', refusal, emit);
    for (const name in delta) {
      const value = delta[name];
      if (!hasSubstance(value)) continue;
      if (!READ.has(name))
        leave(name, value as JsonValue); // it has substance, so it is there
      else if (name === 'tool_calls') this.#readCalls(delta, countMember(choice, 'index') ?? 0, emit);
      else if (name === 'function_call') this.#readLegacyCall(delta, emit);
      else if (name === 'annotations') this.#readAnnotations(delta, emit, leave);
      else if (name === 'images') this.#readImages(delta, emit, leave);
      else if (name === 'audio') this.#readAudio(delta, emit, leave);
    }
    if (left !== undefined) emit(residue(left, undefined));
  }

  #readReasoning(delta: JsonObject, emit: Emit<CanonicalEvent>, leave: Leave): void {
    const { reasoning_content: content, reasoning, reasoning_text: told, reasoning_details: details } = delta;
    if (typeof content === 'string' && content !== '') this.#blocks.prose('reasoning', content, emit);
    else if (typeof reasoning === 'string' && reasoning !== '') {
      this.#blocks.prose('reasoning', reasoning, emit, spellingOf('reasoning'));
    } else if (typeof told === 'string' && told !== '') {
      this.#blocks.prose('reasoning', told, emit, spellingOf('reasoning_text'));
    } else if (details !== undefined) {
      const text = objectsMember(delta, 'reasoning_details')
        .map((detail) => readReasoningDetail(detail).text)
        .join('');
      if (text !== '') this.#blocks.prose('reasoning', text, emit, spellingOf('reasoning_details'));
    }
    if (details === undefined || !hasSubstance(details)) return;
    for (const detail of objectsMember(delta, 'reasoning_details')) {
      const { signature, redacted } = readReasoningDetail(detail);
      if (signature !== undefined) this.#blocks.markReasoning({ signature }, emit);
      if (redacted !== undefined) this.#blocks.markReasoning({ redacted }, emit);
    }
    leave('reasoning_details', details as JsonValue); // substance is checked above
  }

  #readContent(content: JsonValue | undefined, emit: Emit<CanonicalEvent>): void {
    if (typeof content === 'string') {
      if (content !== '') this.#blocks.prose('text', content, emit);
      return;
    }
    if (!Array.isArray(content)) return;
    for (const block of readContent(content)) {
      if (block.type === 'text' || block.type === 'reasoning' || block.type === 'refusal') {
        this.#blocks.prose(block.type, block.text, emit, carriedBy(block));
      } else if (block.type === 'image' && this.#blocks.image(block, emit, carriedBy(block))) continue;
      else emit(residue({ content: [partOf(block)] }, undefined));
    }
  }

  #readCalls(delta: JsonObject, choice: number, emit: Emit<CanonicalEvent>): void {
    for (const call of callsIn(delta)) {
      if (saysSomething(call)) this.#blocks.close(emit);
      this.#calls.push(call, choice, emit);
    }
  }

  #readLegacyCall(delta: JsonObject, emit: Emit<CanonicalEvent>): void {
    const called = objectMember(delta, 'function_call');
    if (called === undefined) return;
    this.#blocks.close(emit);
    this.#calls.pushLegacy(called, emit);
  }

  #readAnnotations(delta: JsonObject, emit: Emit<CanonicalEvent>, leave: Leave): void {
    const homeless = objectsMember(delta, 'annotations').filter((citation) => !this.#blocks.cite(citation, emit));
    if (homeless.length > 0) leave('annotations', homeless);
  }

  #readImages(delta: JsonObject, emit: Emit<CanonicalEvent>, leave: Leave): void {
    const unseen = objectsMember(delta, 'images').filter((part) => {
      const [block] = readPart(part);
      return block?.type !== 'image' || !this.#blocks.image(block, emit, carriedBy(block));
    });
    if (unseen.length > 0) leave('images', unseen);
  }

  #readAudio(delta: JsonObject, emit: Emit<CanonicalEvent>, leave: Leave): void {
    const audio = objectMember(delta, 'audio');
    if (audio === undefined) return;
    const data = textMember(audio, 'data');
    if (data !== undefined) this.#blocks.audio(this.#audioType, data, emit);
    const rest = carryUnknown(audio, AUDIO_DATA);
    if (rest !== undefined) leave('audio', rest);
  }
}

type Leave = (name: string, value: JsonValue) => void;

/** Most deltas are a piece of text and nothing else. */
function isMereContent(delta: JsonObject): boolean {
  for (const name in delta) {
    if (name === 'content' || name === 'role') continue;
    if (hasSubstance(delta[name])) return false;
  }
  return true;
}
