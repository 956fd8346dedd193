import { GatewayError, type BlockStart, type ContentBlock, type Extensions, type Signature } from '@sluice/core';
import { FORMAT } from '../carried.js';

/** UTF-16 units that a block may have which a client is given whole; what a vendor's largest tool calls need, many times over. */
export const MAX_HELD_CHARS = 16 * 1024 * 1024;

/** A block that this format cannot give piece by piece, until it is complete. */
export class HeldBlock {
  readonly #start: Exclude<BlockStart, { type: 'text' | 'reasoning' | 'refusal' }>;
  readonly #extensions: Extensions | undefined;
  #pieces: string[] = [];
  #chars = 0;
  signature: Signature | undefined;

  constructor(
    start: Exclude<BlockStart, { type: 'text' | 'reasoning' | 'refusal' }>,
    extensions: Extensions | undefined,
  ) {
    this.#start = start;
    this.#extensions = extensions;
  }

  /** @throws GatewayError `upstream_invalid_response` beyond the limit */
  append(delta: string): void {
    this.#chars += delta.length;
    if (this.#chars > MAX_HELD_CHARS) {
      this.#pieces = [];
      const message = `The vendor sent a ${this.#start.type} of more than ${MAX_HELD_CHARS} characters.`;
      throw new GatewayError({ kind: 'upstream_invalid_response', message });
    }
    this.#pieces.push(delta);
  }

  toBlock(): ContentBlock {
    const start = this.#start;
    const text = this.#pieces.join('');
    const extensions = this.#extensions && { extensions: this.#extensions };
    switch (start.type) {
      case 'tool-call': {
        const signature = this.signature && { signature: this.signature };
        return { type: 'tool-call', id: start.id, name: start.name, argumentsJson: text, ...signature, ...extensions };
      }
      case 'image':
      case 'audio': {
        const mediaType = start.mediaType === undefined ? {} : { mediaType: start.mediaType };
        return { type: start.type, ...mediaType, source: { kind: 'base64', value: text }, ...extensions };
      }
      case 'server-tool': {
        const value = this.#extensions?.[FORMAT];
        const format = value === undefined ? 'none' : FORMAT;
        return { type: 'server-tool', id: start.id, tool: start.tool, raw: { format, value: value ?? {} } };
      }
      default:
        return unknownStart(start);
    }
  }
}

function unknownStart(start: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(start)}`);
}
