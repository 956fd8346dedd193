import type { WireFormat } from '@sluice/translator-kit';
import { createStreamDecoder } from './create-stream-decoder.js';
import { decodeError } from './decode-error.js';
import { decodeRequest } from './decode-request.js';
import { decodeResponse } from './decode-response.js';
import { encodeError, encodeStreamError } from './encode-error.js';
import { encodeRequest } from './encode-request.js';
import { encodeResponse } from './encode-response.js';
import { envelope } from './envelope.js';
import { mayPass } from './may-pass.js';
import { needsBytes } from './request/encode-media.js';
import { observe } from './observe.js';
import { ChatStreamEncoder } from './stream-encoder.js';

/** OpenAI's Chat Completions, the vocabulary that most vendors imitate. */
export const openAiChat = {
  id: 'openai-chat',
  displayName: 'OpenAI Chat Completions',
  envelope,
  client: {
    encodeError,
    encodeStreamError,
    translation: {
      decodeRequest,
      encodeResponse,
      createStreamEncoder: (request, context) => new ChatStreamEncoder(request, context),
    },
  },
  upstream: {
    framing: 'sse',
    mayPass,
    decodeError,
    translation: {
      needsBytes,
      encodeRequest,
      decodeResponse,
      createStreamDecoder,
    },
  },
  observe,
} as const satisfies WireFormat;
