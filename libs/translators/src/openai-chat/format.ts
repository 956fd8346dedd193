import type { WireFormat } from '@sluice/translator-kit';
import { decodeError } from './decode-error.js';
import { encodeError, encodeStreamError } from './encode-error.js';
import { envelope } from './envelope.js';
import { observe } from './observe.js';

/** OpenAI's Chat Completions, the vocabulary that most vendors imitate. */
export const openAiChat = {
  id: 'openai-chat',
  displayName: 'OpenAI Chat Completions',
  envelope,
  client: { encodeError, encodeStreamError },
  upstream: { framing: 'sse', decodeError },
  observe,
} as const satisfies WireFormat;
