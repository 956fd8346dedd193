import { jsonEnvelope, type WireFormat } from '@sluice/translator-kit';
import { decodeError } from './decode-error.js';
import { encodeError, encodeStreamError } from './encode-error.js';
import { observe } from './observe.js';

/** Anthropic's Messages. Usage is always reported, so the envelope has nothing to ask for. */
export const anthropicMessages = {
  id: 'anthropic-messages',
  displayName: 'Anthropic Messages',
  envelope: jsonEnvelope(),
  client: { encodeError, encodeStreamError, keepAlive: { kind: 'sse', event: 'ping', data: '{"type": "ping"}' } },
  upstream: { framing: 'sse', decodeError },
  observe,
} as const satisfies WireFormat;
