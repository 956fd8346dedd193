import type { ProtocolTerm } from './shaping-settings.js';

const CHAT = 'openai-chat';
const RESPONSES = 'openai-responses';
const MESSAGES = 'anthropic-messages';
const COMPATIBLE: ProtocolTerm = { formats: [CHAT], provider: 'openai-compatible' };

/** What other gateways call formats. */
const OTHER_NAMES: Readonly<Record<string, ProtocolTerm>> = {
  openai: { formats: [CHAT] },
  'openai-compat': COMPATIBLE,
  'openai-compatibility': COMPATIBLE,
  'openai-response': { formats: [RESPONSES] },
  codex: { formats: [RESPONSES] },
  claude: { formats: [MESSAGES] },
  anthropic: { formats: [MESSAGES] },
  bedrock: { formats: ['bedrock-converse'] },
};

/** The formats that we ship. A plug-in may bring others. */
const SHIPPED_FORMATS = [
  CHAT,
  'openai-completions',
  'openai-embeddings',
  RESPONSES,
  MESSAGES,
  'gemini',
  'kiro',
  'bedrock-converse',
];

/** Every name of a protocol that this version knows. */
export const KNOWN_PROTOCOLS: readonly string[] = [...SHIPPED_FORMATS, ...Object.keys(OTHER_NAMES)];

/** The formats that a rule's `protocol` means: the id of a format, or another gateway's word for it. Case does not matter. */
export function protocolTerm(name: string): ProtocolTerm {
  const known = name.toLowerCase();
  return (Object.hasOwn(OTHER_NAMES, known) ? OTHER_NAMES[known] : undefined) ?? { formats: [known] };
}
