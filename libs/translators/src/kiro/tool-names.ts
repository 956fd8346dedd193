import { createHash } from 'node:crypto';
import type { CanonicalRequest } from '@sluice/core';

/** The service allows 64; its own client stays below. */
export const MAX_TOOL_NAME_BYTES = 63;

const KEPT_CHARACTERS = 54;
const HASH_CHARACTERS = 8;

const FORBIDDEN = /[^A-Za-z0-9_-]/g;
const LETTER_FIRST = /^[A-Za-z]/;

/**
 * The two names of every tool of a request, the client's and the one that the service takes: letters, digits, `_` and `-`, a
 * letter first, at most 63 bytes. A longer one keeps its first 54 characters and gets a hash of the whole. Built from the
 * request alone, so that the answer's decoder finds the same names as the request's encoder.
 */
export class ToolNames {
  readonly #wireByClient = new Map<string, string>();
  readonly #clientByWire = new Map<string, string>();

  constructor(request: CanonicalRequest) {
    for (const tool of request.tools) if (tool.kind === 'function') this.#add(tool.name);
    for (const { content } of request.messages) {
      for (const block of content) if (block.type === 'tool-call') this.#add(block.name);
    }
  }

  toWire(clientName: string): string {
    return this.#wireByClient.get(clientName) ?? wireName(clientName);
  }

  /** The name itself when no tool of the request has it: models invent names. */
  toClient(name: string): string {
    return this.#clientByWire.get(name) ?? name;
  }

  #add(name: string): void {
    if (this.#wireByClient.has(name)) return;
    const short = wireName(name);
    const wire = this.#clientByWire.has(short) ? hashedName(short, name) : short;
    this.#wireByClient.set(name, wire);
    this.#clientByWire.set(wire, name);
  }
}

function wireName(name: string): string {
  const allowed = name.replace(FORBIDDEN, '_');
  const named = LETTER_FIRST.test(allowed) ? allowed : `t_${allowed}`;
  return named.length <= MAX_TOOL_NAME_BYTES ? named : hashedName(named, name);
}

/** Every character is one byte by now. */
function hashedName(named: string, name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS);
  return `${named.slice(0, KEPT_CHARACTERS)}_${hash}`;
}
