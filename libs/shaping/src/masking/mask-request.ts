import type {
  CanonicalRequest,
  ContentBlock,
  Extensions,
  JsonObject,
  Message,
  ReasoningBlock,
  ResponseFormat,
  Tool,
  TranslationWarning,
} from '@sluice/core';
import { maskJsonText } from './masked-json-text.js';
import { maskMembers, maskSchema, maskValue } from './masked-json.js';
import { isMarkedProof, unmarkProof } from './masked-proof.js';
import type { WordMask } from './word-mask.js';

export interface MaskedRequest {
  readonly request: CanonicalRequest;
  /** Reasoning that had to be left out: its proof would not be true of what is sent. */
  readonly warnings: readonly TranslationWarning[];
}

interface Scope {
  readonly mask: WordMask;
  readonly warnings: TranslationWarning[];
}

const UNPROVABLE = 'Reasoning with a masked word was left out: its signature would not be true of the masked text.';

/** The request without the words, wherever text stands. Names of tools, ids, addresses and bytes stay as they are. */
export function maskRequest(request: CanonicalRequest, mask: WordMask): MaskedRequest {
  const scope: Scope = { mask, warnings: [] };
  const { messages, tools, sampling, responseFormat, endUser, extensions } = request;
  const masked: CanonicalRequest = {
    ...request,
    messages: messages.map((message, index) => maskMessage(message, `/messages/${index}/content`, scope)),
    tools: tools.map((tool) => maskTool(tool, mask)),
    sampling:
      sampling.stop === undefined ? sampling : { ...sampling, stop: sampling.stop.map((stop) => mask.mask(stop)) },
    ...(responseFormat !== undefined && { responseFormat: maskFormat(responseFormat, mask) }),
    ...(endUser !== undefined && { endUser: mask.mask(endUser) }),
    ...maskExtensions(extensions, mask),
  };
  return { request: masked, warnings: scope.warnings };
}

function maskMessage(message: Message, path: string, scope: Scope): Message {
  const content = maskBlocks(message.content, path, scope);
  return { ...message, content, ...maskExtensions(message.extensions, scope.mask) };
}

function maskBlocks(blocks: readonly ContentBlock[], path: string, scope: Scope): readonly ContentBlock[] {
  return blocks.flatMap((block, index) => {
    const masked = maskBlock(block, `${path}/${index}`, scope);
    return masked === undefined ? [] : [{ ...masked, ...maskExtensions(block.extensions, scope.mask) }];
  });
}

/** Undefined = it cannot be said without the word. */
function maskBlock(block: ContentBlock, path: string, scope: Scope): ContentBlock | undefined {
  const { mask } = scope;
  switch (block.type) {
    case 'text': {
      const { citations } = block;
      return {
        ...block,
        text: mask.mask(block.text),
        ...(citations !== undefined && { citations: citations.map((citation) => maskMembers(citation, mask)) }),
      };
    }
    case 'reasoning':
      return maskReasoning(block, path, scope);
    case 'refusal':
      return { ...block, text: mask.mask(block.text) };
    case 'image':
    case 'document':
    case 'audio':
      return block.title === undefined ? block : { ...block, title: mask.mask(block.title) };
    case 'tool-call':
      return { ...block, argumentsJson: maskJsonText(block.argumentsJson, mask) };
    case 'tool-result':
      return { ...block, content: maskBlocks(block.content, `${path}/content`, scope) };
    case 'server-tool': {
      const { input, result, raw } = block;
      return {
        ...block,
        ...(input !== undefined && { input: maskValue(input, mask) }),
        ...(result !== undefined && { result: maskValue(result, mask) }),
        raw: { ...raw, value: maskMembers(raw.value, mask) },
      };
    }
    case 'opaque':
      return { ...block, value: maskMembers(block.value, mask) };
    default:
      return unknownBlock(block);
  }
}

/** A proof of the vendor's own text goes along only with that text. */
function maskReasoning(block: ReasoningBlock, path: string, { mask, warnings }: Scope): ReasoningBlock | undefined {
  const text = mask.mask(block.text);
  const { signature } = block;
  if (signature === undefined || (text === block.text && !isMarkedProof(signature))) return { ...block, text };
  const isChecked = signature.family === 'anthropic' || isMarkedProof(signature);
  if (!isChecked) return { ...block, text };
  const proof = isMarkedProof(signature) ? unmarkProof(signature, text) : undefined;
  if (proof !== undefined) return { ...block, text, signature: proof };
  warnings.push({ path, effect: 'dropped', message: UNPROVABLE });
  return undefined;
}

function maskTool(tool: Tool, mask: WordMask): Tool {
  if (tool.kind === 'server') return { ...tool, raw: { ...tool.raw, value: maskMembers(tool.raw.value, mask) } };
  return {
    ...tool,
    ...(tool.description !== undefined && { description: mask.mask(tool.description) }),
    parameters: maskSchema(tool.parameters, mask),
    ...maskExtensions(tool.extensions, mask),
  };
}

function maskFormat(format: ResponseFormat, mask: WordMask): ResponseFormat {
  return format.type === 'json-schema' ? { ...format, schema: maskSchema(format.schema, mask) } : format;
}

function maskExtensions(extensions: Extensions | undefined, mask: WordMask): { readonly extensions?: Extensions } {
  if (extensions === undefined) return {};
  const bags = Object.entries(extensions).map(([format, bag]: readonly [string, JsonObject | undefined]) => [
    format,
    bag === undefined ? bag : maskMembers(bag, mask),
  ]);
  return { extensions: Object.fromEntries(bags) as Extensions }; // the same formats
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
