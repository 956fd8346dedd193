import type { WireFormat } from '@sluice/translator-kit';
import { envelope } from './envelope.js';
import { errors } from './errors.js';
import { observe } from './observe.js';

/** OpenAI's older Completions: only ever passed through. @see https://platform.openai.com/docs/api-reference/completions */
export const openAiCompletions = {
  id: 'openai-completions',
  displayName: 'OpenAI Completions',
  envelope,
  client: { encodeError: errors.encodeError, encodeStreamError: errors.encodeStreamError },
  upstream: { framing: 'sse', decodeError: errors.decodeError },
  observe,
} as const satisfies WireFormat;
