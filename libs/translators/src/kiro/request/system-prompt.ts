import type { CanonicalRequest } from '@sluice/core';
import { isBlank } from './clean-text.js';
import type { EncodeWarnings } from './encode-warnings.js';
import { AGENTIC_RULES } from './agentic-rules.js';
import type { EncodedTools } from './encode-tools.js';
import type { ExchangeFacts } from '../exchange-facts.js';
import { SPLIT_WRITES_POLICY } from './split-writes.js';
import type { ToolNames } from '../tool-names.js';

export interface SystemParts {
  readonly request: CanonicalRequest;
  /** The client's own. */
  readonly system: string;
  readonly tools: EncodedTools;
  readonly facts: ExchangeFacts;
  readonly names: ToolNames;
  readonly warnings: EncodeWarnings;
}

/** Shows that the client wrote the tags itself. */
const OWN_TAGS = /<thinking_mode>|<max_thinking_length>/;

/**
 * The one place for what the vendor's request has no member for: tags that make the model think, long tool descriptions,
 * an agent's rules, which tool must be called and in what form to answer. Empty when there is nothing to say.
 */
export function systemPrompt(parts: SystemParts): string {
  const {
    system,
    tools: { documentation, hasRemarks },
    facts: { isAgentic, reasoning },
  } = parts;
  const text = [
    documentation,
    isAgentic ? AGENTIC_RULES : '',
    system,
    hasRemarks ? SPLIT_WRITES_POLICY : '',
    toolInstruction(parts),
    formatInstruction(parts),
  ]
    .filter((part) => !isBlank(part))
    .join('\n\n');
  if (reasoning.way !== 'tags' || OWN_TAGS.test(text)) return text;
  return text === '' ? reasoning.tags : `${reasoning.tags}\n${text}`;
}

function toolInstruction({ request: { toolChoice, tools }, names, warnings }: SystemParts): string {
  if (toolChoice?.parallel === false) {
    warnings.add('/toolChoice', 'dropped', 'Kiro cannot be told to call one tool at a time.');
  }
  if (toolChoice === undefined || toolChoice.mode === 'auto' || toolChoice.mode === 'none' || tools.length === 0)
    return '';
  warnings.add(
    '/toolChoice',
    'approximated',
    'Kiro has no tool choice: the model is asked for it in the system prompt.',
  );
  return toolChoice.mode === 'named'
    ? `You must call the tool "${names.toWire(toolChoice.name)}" in your next answer.`
    : 'You must call at least one of the available tools in your next answer.';
}

function formatInstruction({ request: { responseFormat }, warnings }: SystemParts): string {
  if (responseFormat === undefined || responseFormat.type === 'text') return '';
  warnings.add(
    '/responseFormat',
    'approximated',
    'Kiro has no response format: the model is asked for it in the system prompt.',
  );
  const wish = 'Answer with one JSON value and nothing else: no explanation and no code fence.';
  if (responseFormat.type === 'json') return wish;
  return `${wish} It must be valid against this JSON schema:\n${JSON.stringify(responseFormat.schema)}`;
}
