import type { BinaryFrame } from '@sluice/core';
import type { EventStreamHeader } from './header.js';
import { toHeaderRecord } from './header-record.js';
import { parseHeaders } from './parse-headers.js';
import { readUint32 } from './read-uint32.js';

/** Different header blocks that are remembered; a vendor has a dozen or two. */
export const MAX_CACHED_BLOCKS = 64;
/** Longer blocks are parsed each time. With the number of blocks this bounds the keys to 32 KiB. */
export const MAX_CACHED_BLOCK_BYTES = 512;

const WORD_BYTES = 4;
const HASH_FACTOR = 31;

/** The parsed headers of a message in both forms. */
export interface HeaderBlock {
  readonly typed: readonly EventStreamHeader[];
  readonly record: BinaryFrame['headers'];
}

interface Entry {
  /** The bytes of the block. */
  readonly key: Buffer;
  /** The same bytes by fours, without the rest: comparing numbers is twice as fast as comparing bytes. */
  readonly words: Uint32Array;
  readonly block: HeaderBlock;
}

/**
 * Parsed header blocks by their bytes. A stream repeats very few of them, so almost every message costs one comparison. The
 * oldest block makes place for a new one. May be shared by any number of decoders. Blocks with a value that could be changed
 * from outside (bytes, a date) or that hardly returns (a uuid) are not kept.
 */
export class HeaderBlockCache {
  readonly #entries = new Map<number, Entry>();
  #last: Entry | undefined;

  /** How many blocks are kept now. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * The headers in `bytes[start, end)`.
   * @throws EventStreamError `header-…` when they are not well-formed
   */
  read(bytes: Buffer, start: number, end: number): HeaderBlock {
    const last = this.#last;
    if (last !== undefined && hasKey(last, bytes, start, end)) return last.block;
    if (end - start > MAX_CACHED_BLOCK_BYTES) return parseBlock(bytes.subarray(start, end));
    const hash = hashOf(bytes, start, end);
    const entry = this.#entries.get(hash);
    if (entry !== undefined && hasKey(entry, bytes, start, end)) {
      this.#last = entry;
      return entry.block;
    }
    const block = parseBlock(bytes.subarray(start, end));
    if (block.typed.every(isWorthKeeping)) this.#keep(hash, makeEntry(bytes.subarray(start, end), block));
    return block;
  }

  #keep(hash: number, entry: Entry): void {
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= MAX_CACHED_BLOCKS && !oldest.done) this.#entries.delete(oldest.value);
    this.#entries.set(hash, entry);
    this.#last = entry;
  }
}

function parseBlock(bytes: Buffer): HeaderBlock {
  const typed = Object.freeze(parseHeaders(bytes).map((header) => Object.freeze(header)));
  return { typed, record: toHeaderRecord(typed) };
}

function isWorthKeeping({ type }: EventStreamHeader): boolean {
  return type !== 'byte-array' && type !== 'timestamp' && type !== 'uuid';
}

function makeEntry(bytes: Buffer, block: HeaderBlock): Entry {
  const key = Buffer.from(bytes); // a copy: the cache outlives the read buffer
  const words = Uint32Array.from({ length: Math.floor(key.length / WORD_BYTES) }, (_, index) =>
    readUint32(key, index * WORD_BYTES),
  );
  return { key, words, block };
}

function hasKey({ key, words }: Entry, bytes: Buffer, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  let offset = start;
  for (let index = 0; index < words.length; index += 1) {
    if (readUint32(bytes, offset) !== words[index]) return false;
    offset += WORD_BYTES;
  }
  for (; offset < end; offset += 1) {
    if (bytes[offset] !== key[offset - start]) return false;
  }
  return true;
}

/** Two blocks may share a hash; then the newer one is kept, and no answer is ever taken without comparing the bytes. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  for (let index = start; index < end; index += 1) hash = (Math.imul(hash, HASH_FACTOR) + (bytes[index] ?? 0)) | 0;
  return hash;
}
