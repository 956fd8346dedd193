import type { CanonicalRequest, ContentBlock } from '@sluice/core';

/** A character of a Western script counts one unit, any other four; four units are a token. */
const UNITS_OF_OTHERS = 4;
const UNITS_PER_TOKEN = 4;

/** Blocks of Unicode whose characters are short in tokens. */
const LAST_OF_LATIN = 0x024f;
const WESTERN: readonly (readonly [first: number, last: number])[] = [
  [0x1e00, 0x1eff],
  [0x2c60, 0x2c7f],
  [0xa720, 0xa7ff],
  [0xab30, 0xab6f],
];

/** Short texts are worth more than their length says. The first row whose limit is not reached counts. */
const FACTORS: readonly (readonly [belowTokens: number, factor: number])[] = [
  [100, 1.5],
  [200, 1.3],
  [300, 1.25],
  [800, 1.2],
  [Infinity, 1],
];

export interface CountOptions {
  /** Whether arguments and results of tools count, too. Default: false, as clients of this vendor's gateways know it. */
  readonly strict?: boolean;
}

/**
 * The prompt's tokens as gateways for this vendor estimate them, which has no way to ask. Every text is rounded for itself, and
 * the estimate falls a little at some lengths; clients compare it with what they know, so it stays like that.
 */
export function countRequestTokens(request: CanonicalRequest, { strict = false }: CountOptions = {}): number {
  let tokens = 0;
  for (const text of countedTexts(request, strict)) tokens += countTextTokens(text);
  return Math.max(1, tokens);
}

/** How many characters a count would look at. */
export function measureRequest(request: CanonicalRequest, { strict = false }: CountOptions = {}): number {
  let length = 0;
  for (const text of countedTexts(request, strict)) length += text.length;
  return length;
}

export function countTextTokens(text: string): number {
  let units = 0;
  for (const character of text) units += isWestern(character.codePointAt(0) ?? 0) ? 1 : UNITS_OF_OTHERS;
  const tokens = units / UNITS_PER_TOKEN;
  const [, factor] = FACTORS.find(([belowTokens]) => tokens < belowTokens) ?? [Infinity, 1];
  return Math.trunc(tokens * factor);
}

function* countedTexts({ messages, tools }: CanonicalRequest, strict: boolean): Iterable<string> {
  for (const { content } of messages) yield* textsOf(content, strict);
  for (const tool of tools) {
    if (tool.kind !== 'function') continue;
    yield tool.name;
    yield tool.description ?? '';
    yield JSON.stringify(tool.parameters);
  }
}

function* textsOf(content: readonly ContentBlock[], strict: boolean): Iterable<string> {
  for (const block of content) {
    if (block.type === 'text' || block.type === 'refusal') yield block.text;
    if (!strict) continue;
    if (block.type === 'tool-call') yield block.argumentsJson;
    if (block.type === 'tool-result') yield* textsOf(block.content, strict);
  }
}

function isWestern(codePoint: number): boolean {
  return codePoint <= LAST_OF_LATIN || WESTERN.some(([first, last]) => codePoint >= first && codePoint <= last);
}
