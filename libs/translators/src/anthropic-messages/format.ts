import { jsonEnvelope, type WireFormat } from '@sluice/translator-kit';
import { decodeError } from './decode-error.js';
import { decodeRequest } from './decode-request.js';
import { decodeResponse } from './decode-response.js';
import { encodeError, encodeStreamError } from './encode-error.js';
import { encodeRequest } from './encode-request.js';
import { encodeResponse } from './encode-response.js';
import { mayPass } from './may-pass.js';
import { observe } from './observe.js';
import { AnthropicStreamDecoder } from './stream-decoder.js';
import { AnthropicStreamEncoder } from './stream-encoder.js';
import { tokenCount } from './token-count.js';

/** Anthropic's Messages. Usage is always reported, so the envelope has nothing to ask for. */
export const anthropicMessages = {
  id: 'anthropic-messages',
  displayName: 'Anthropic Messages',
  envelope: jsonEnvelope(),
  client: {
    encodeError,
    encodeStreamError,
    tokenCount,
    keepAlive: { kind: 'sse', event: 'ping', data: '{"type": "ping"}' },
    looksForItsModel: true, // Claude Code drops the thinking of answers that name another model than it asked for
    translation: {
      decodeRequest,
      encodeResponse,
      createStreamEncoder: (_request, context) => new AnthropicStreamEncoder(context),
    },
  },
  upstream: {
    framing: 'sse',
    mayPass,
    decodeError,
    translation: {
      encodeRequest,
      decodeResponse,
      createStreamDecoder: (context, request) => new AnthropicStreamDecoder(context, request),
    },
  },
  observe,
} as const satisfies WireFormat;
