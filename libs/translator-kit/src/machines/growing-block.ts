import type {
  BlockStart,
  CanonicalEvent,
  ContentBlock,
  Extensions,
  FormatId,
  JsonObject,
  JsonValue,
  Signature,
} from '@sluice/core';
import { mergeExtensions } from './merge-extensions.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** Stands for the format of a server tool that came without its own members: no format claims it, so none renders it. */
const NO_FORMAT: FormatId = 'none';

/** A block of a whole answer while its events come in. */
export class GrowingBlock {
  readonly #start: BlockStart;
  #text = '';
  #signature: Signature | undefined;
  #redacted: string | undefined;
  #citations: JsonObject[] | undefined;
  #extensions: Extensions | undefined;

  constructor(event: Event<'block-start'>) {
    this.#start = event.block;
    this.#extensions = event.extensions;
  }

  append(delta: string): void {
    this.#text += delta;
  }

  mark({ signature, redacted, citation }: Event<'block-mark'>): void {
    this.#signature = signature ?? this.#signature;
    this.#redacted = redacted ?? this.#redacted;
    if (citation !== undefined) (this.#citations ??= []).push(citation);
  }

  end(extensions: Extensions | undefined): void {
    this.#extensions = mergeExtensions(this.#extensions, extensions);
  }

  toBlock(): ContentBlock {
    const start = this.#start;
    const text = this.#text;
    const extensions = this.#extensions === undefined ? {} : { extensions: this.#extensions };
    const signature = this.#signature === undefined ? {} : { signature: this.#signature };
    switch (start.type) {
      case 'text': {
        const citations = this.#citations === undefined ? {} : { citations: this.#citations };
        return { type: 'text', text, ...citations, ...signature, ...extensions };
      }
      case 'reasoning': {
        const redacted = this.#redacted === undefined ? {} : { redacted: this.#redacted };
        return { type: 'reasoning', text, ...signature, ...redacted, ...extensions };
      }
      case 'refusal':
        return { type: 'refusal', text, ...extensions };
      case 'tool-call':
        return { type: 'tool-call', id: start.id, name: start.name, argumentsJson: text, ...signature, ...extensions };
      case 'image':
      case 'audio': {
        const mediaType = start.mediaType === undefined ? {} : { mediaType: start.mediaType };
        return { type: start.type, ...mediaType, source: { kind: 'base64', value: text }, ...extensions };
      }
      case 'server-tool':
        return this.#toServerTool(start);
      default:
        return unknownStart(start);
    }
  }

  #toServerTool({ id, tool }: Extract<BlockStart, { type: 'server-tool' }>): ContentBlock {
    const [own, ...others] = Object.entries(this.#extensions ?? {});
    const [format, value] = own ?? [NO_FORMAT, undefined];
    return {
      type: 'server-tool',
      id,
      tool,
      ...(this.#text !== '' && { input: parseInput(this.#text) }),
      raw: { format, value: value ?? {} },
      ...(others.length > 0 && { extensions: Object.fromEntries(others) }),
    };
  }
}

/** Models emit invalid JSON; then the text itself is the input. */
function parseInput(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue; // JSON.parse returns nothing else
  } catch {
    return text;
  }
}

function unknownStart(start: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(start)}`);
}
