import type { ContentBlock, Message, ToolResultBlock } from '@sluice/core';
import { parseJsonObject } from '@sluice/translator-kit';
import { cleanText, isBlank } from './clean-text.js';
import type { EncodeWarnings } from './encode-warnings.js';
import { encodeImage } from './encode-image.js';
import { assistantTurn, userTurn, type AssistantTurn, type Turn, type TurnCall, type UserTurn } from './turn.js';
import type { KiroImage } from '../wire-types.js';

/** What an image of a tool result leaves behind where the result has no text. */
const IMAGE_ATTACHED = '[image attached]';
const EMPTY_RESULT = '(empty result)';

/** The conversation as the vendor wants it told. */
export interface Conversation {
  /** Instructions of all places, one per line. */
  readonly system: string;
  /** In order; neighbours may have the same role. Turns that say nothing are left out. */
  readonly turns: readonly Turn[];
}

export interface ReadOptions {
  readonly warnings: EncodeWarnings;
  /** Whether the account's cache points stand in for the client's markers. */
  readonly isCaching: boolean;
}

/** Sorts the blocks of every message into the vendor's lists. What has no list is told as text or reported as dropped. */
export function readTurns(messages: readonly Message[], options: ReadOptions): Conversation {
  const system: string[] = [];
  const turns: Turn[] = [];
  messages.forEach((message, index) => {
    const path = `/messages/${index}`;
    if (message.role !== 'system') {
      const turn = new TurnReader(path, options).read(message);
      if (turn !== undefined) turns.push(turn);
      return;
    }
    if (turns.length > 0) {
      options.warnings.add(
        path,
        'changed',
        'Kiro has one system prompt: instructions from later in the conversation moved to it.',
      );
    }
    system.push(new TurnReader(path, options).textOf(message.content));
  });
  return { system: system.filter((text) => !isBlank(text)).join('\n'), turns };
}

class TurnReader {
  readonly #texts: string[] = [];
  readonly #images: KiroImage[] = [];
  readonly #results: UserTurn['results'][number][] = [];
  readonly #calls: TurnCall[] = [];
  readonly #reasoning: AssistantTurn['reasoning'][number][] = [];

  constructor(
    private readonly path: string,
    private readonly options: ReadOptions,
  ) {}

  /** Undefined when the message says nothing. */
  read({ role, content }: Message): Turn | undefined {
    content.forEach((block, index) => this.#take(block, `${this.path}/content/${index}`));
    const text = this.#text();
    if (role === 'assistant') {
      const isEmpty = text === '' && this.#calls.length === 0 && this.#reasoning.length === 0;
      return isEmpty ? undefined : assistantTurn({ text, calls: this.#calls, reasoning: this.#reasoning });
    }
    const isEmpty = text === '' && this.#images.length === 0 && this.#results.length === 0;
    return isEmpty ? undefined : userTurn({ text, images: this.#images, results: this.#results });
  }

  /** The text of blocks that can only be text. */
  textOf(content: readonly ContentBlock[]): string {
    content.forEach((block, index) => this.#take(block, `${this.path}/content/${index}`));
    return this.#text();
  }

  #text(): string {
    return this.#texts.filter((text) => !isBlank(text)).join('\n');
  }

  #take(block: ContentBlock, path: string): void {
    if (block.cache !== undefined && !this.options.isCaching) this.#warnOfCache(path);
    switch (block.type) {
      case 'text':
        if (block.citations !== undefined) this.#drop(path, 'Kiro knows no citations: only the cited text is sent.');
        if (block.signature !== undefined) this.#dropSignature(path);
        this.#texts.push(cleanText(block.text));
        return;
      case 'refusal':
        this.#texts.push(cleanText(block.text));
        return;
      case 'reasoning':
        this.#reasoning.push(block);
        return;
      case 'image': {
        const encoded = encodeImage(block);
        if ('image' in encoded) this.#images.push(encoded.image);
        else this.#omit(path, 'image', encoded.omitted);
        return;
      }
      case 'document':
      case 'audio':
        return this.#omit(path, block.type, block.title ?? block.mediaType ?? 'unnamed');
      case 'tool-call':
        if (block.signature !== undefined) this.#dropSignature(path);
        this.#calls.push({ id: block.id, name: block.name, input: this.#inputOf(block.argumentsJson, path), path });
        return;
      case 'tool-result':
        return this.#takeResult(block, path);
      case 'server-tool':
        return this.#drop(path, 'Kiro cannot be told of tools that another vendor ran.');
      case 'opaque':
        return this.#drop(path, `A block that only ${block.format} knows cannot be said to Kiro.`);
      default:
        return unknownBlock(block);
    }
  }

  /** Images of a result stand beside it: the vendor's results are text. */
  #takeResult({ callId, content, isError = false }: ToolResultBlock, path: string): void {
    const inner = new TurnReader(path, this.options);
    const text = inner.textOf(content);
    this.#images.push(...inner.#images);
    const shown = text !== '' ? text : inner.#images.length > 0 ? IMAGE_ATTACHED : EMPTY_RESULT;
    this.#results.push({
      toolUseId: callId,
      content: [{ text: shown }],
      status: isError ? 'error' : 'success',
      path,
    });
  }

  /** The vendor wants an object. */
  #inputOf(argumentsJson: string, path: string): TurnCall['input'] {
    if (isBlank(argumentsJson)) return {};
    const input = parseJsonObject(cleanText(argumentsJson));
    if (input !== undefined) return input;
    this.options.warnings.add(
      path,
      'changed',
      'Arguments of an earlier call are no JSON object; they are sent as its member "value".',
    );
    return { value: cleanText(argumentsJson) };
  }

  #omit(path: string, what: string, reason: string): void {
    this.#texts.push(`[${what} omitted: ${cleanText(reason)}]`);
    this.options.warnings.add(
      path,
      'dropped',
      `Kiro takes only base64 images in the conversation; left out: ${what} (${reason}).`,
    );
  }

  #drop(path: string, message: string): void {
    this.options.warnings.add(path, 'dropped', message);
  }

  #dropSignature(path: string): void {
    this.#drop(path, "Kiro takes no other vendor's signatures.");
  }

  #warnOfCache(path: string): void {
    this.#drop(path, 'Kiro decides itself what it caches: cache markers are not sent.');
  }
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
