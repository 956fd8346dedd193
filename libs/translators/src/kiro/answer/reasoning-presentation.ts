import type { CanonicalRequest, FormatId } from '@sluice/core';
import type { KiroDialect } from '../dialect.js';
import type { ExchangeFacts } from '../exchange-facts.js';
import { BEHIND_THINKING, type ReasoningPresentation } from './reasoning-presenter.js';

/** Their clients know no block of thinking. */
const CLIENTS_WITHOUT_BLOCKS: ReadonlySet<FormatId> = new Set(['openai-chat']);

const NOTHING: ReasoningPresentation = { as: 'nothing' };

/**
 * How the account wants thinking to be shown. Undefined = as reasoning, which every client's format spells in its own way: a
 * thinking block for Anthropic's, `reasoning_content` for OpenAI's.
 *
 * A client that does not want to see it (`show: none`) is not shown thinking that stood in tags; the vendor's own comes
 * without text then, but with the proof that the next turn needs.
 */
export function reasoningPresentation(
  { reasoning }: CanonicalRequest,
  { dialect, reasoning: { way } }: ExchangeFacts,
  clientFormat: FormatId | undefined,
): ReasoningPresentation | undefined {
  switch (dialect.reasoning.handling) {
    case 'remove':
      return NOTHING;
    case 'strip_tags':
      return { as: 'text', open: '', close: BEHIND_THINKING };
    case 'pass':
      return inTags('thinking');
    case 'as_reasoning_content':
      if (reasoning?.show === 'none' && way === 'tags') return NOTHING;
      return shown(dialect.thinkingFormat, clientFormat);
    default:
      return unknownHandling(dialect.reasoning.handling);
  }
}

function shown(
  format: KiroDialect['thinkingFormat'],
  clientFormat: FormatId | undefined,
): ReasoningPresentation | undefined {
  switch (format) {
    case 'think':
      return inTags('think');
    case 'thinking':
      return clientFormat !== undefined && CLIENTS_WITHOUT_BLOCKS.has(clientFormat) ? inTags('thinking') : undefined;
    case 'reasoning_content':
    case undefined:
      return undefined;
    default:
      return unknownFormat(format);
  }
}

function unknownFormat(format: never): never {
  throw new TypeError(`unknown way to show thinking ${String(format)}`);
}

function inTags(name: string): ReasoningPresentation {
  return { as: 'text', open: `<${name}>`, close: `</${name}>${BEHIND_THINKING}` };
}

function unknownHandling(handling: never): never {
  throw new TypeError(`unknown handling ${String(handling)}`);
}
