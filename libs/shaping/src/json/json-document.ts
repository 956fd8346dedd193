import { skipSpace, skipValue } from '@sluice/streaming';
import { withoutByteOrderMark } from '@sluice/translator-kit';
import { JsonNode } from './json-node.js';
import { JsonNodeError } from './json-node-error.js';

/** A whole JSON text whose values can be changed one by one while all other bytes stay. */
export class JsonDocument {
  readonly root: JsonNode;
  readonly #head: Buffer;
  readonly #tail: Buffer;

  /** @throws JsonNodeError when it is not one value */
  constructor(text: Buffer) {
    const json = withoutByteOrderMark(text);
    const start = skipSpace(json, 0);
    const end = skipValue(json, start);
    if (end === -1 || skipSpace(json, end) !== json.length) throw new JsonNodeError('malformed');
    this.#head = json.subarray(0, start);
    this.root = new JsonNode(json.subarray(start, end));
    this.#tail = json.subarray(end);
  }

  toBuffer(): Buffer {
    return Buffer.concat([this.#head, this.root.toBuffer(), this.#tail]);
  }
}
