import type { CanonicalRequest, ContentBlock, Message, Tool } from '@sluice/core';
import { mediaTokens } from './media-tokens.js';

/** What of a request costs tokens: texts to be counted, and a number for everything else. */
export interface Countable {
  readonly texts: readonly string[];
  readonly fixedTokens: number;
}

const MESSAGE_TOKENS = 3;
/** What primes the answer. */
const PRIMING_TOKENS = 3;
const TOOLS_TOKENS = 12;
const FUNCTION_TOKENS = 8;

const PLAIN_TEXT = /^text\//i;

/** A request's input: its messages with their roles, and its tools. */
export function countableInput({ messages, tools }: CanonicalRequest): Countable {
  const tally = new Tally(PRIMING_TOKENS);
  for (const message of messages) addMessage(tally, message);
  if (tools.length > 0) tally.fixedTokens += TOOLS_TOKENS;
  for (const tool of tools) addTool(tally, tool);
  return tally;
}

class Tally implements Countable {
  readonly texts: string[] = [];

  constructor(public fixedTokens: number) {}

  add(text: string | undefined): void {
    if (text !== undefined && text !== '') this.texts.push(text);
  }
}

function addMessage(tally: Tally, { role, content }: Message): void {
  tally.fixedTokens += MESSAGE_TOKENS;
  tally.add(role);
  addBlocks(tally, content);
}

function addTool(tally: Tally, tool: Tool): void {
  tally.fixedTokens += FUNCTION_TOKENS;
  if (tool.kind === 'server') return tally.add(JSON.stringify(tool.raw.value));
  tally.add(tool.name);
  tally.add(tool.description);
  tally.add(JSON.stringify(tool.parameters));
}

function addBlocks(tally: Tally, content: readonly ContentBlock[]): void {
  for (const block of content) addBlock(tally, block);
}

function addBlock(tally: Tally, block: ContentBlock): void {
  switch (block.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return tally.add(block.text);
    case 'image':
    case 'audio':
      tally.fixedTokens += mediaTokens(block);
      return;
    case 'document':
      tally.add(block.title);
      if (block.source.kind === 'base64' && PLAIN_TEXT.test(block.mediaType ?? '')) {
        return tally.add(Buffer.from(block.source.value, 'base64').toString());
      }
      tally.fixedTokens += mediaTokens(block);
      return;
    case 'tool-call':
      tally.add(block.name);
      return tally.add(block.argumentsJson);
    case 'tool-result':
      return addBlocks(tally, block.content);
    case 'server-tool':
      return tally.add(JSON.stringify(block.raw.value));
    case 'opaque':
      return tally.add(JSON.stringify(block.value));
    default:
      return unknownBlock(block);
  }
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
