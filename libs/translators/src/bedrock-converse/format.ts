import type { WireFormat } from '@sluice/translator-kit';
import { decodeResponse } from './answer/decode-response.js';
import { ConverseStreamDecoder } from './answer/stream-decoder.js';
import { decodeError } from './decode-error.js';
import { envelope } from './envelope.js';
import { needsBytes } from './request/encode-media.js';
import { encodeRequest } from './request/encode-request.js';

/**
 * Amazon Bedrock's `Converse` and `ConverseStream`. No client speaks it to us. Whole answers are JSON, streams are AWS event
 * streams.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html
 */
export const bedrockConverse = {
  id: 'bedrock-converse',
  displayName: 'Amazon Bedrock Converse',
  envelope,
  upstream: {
    framing: 'aws-event-stream',
    decodeError,
    translation: {
      needsBytes,
      encodeRequest,
      decodeResponse,
      createStreamDecoder: (context, request) => new ConverseStreamDecoder(context, request),
    },
  },
} as const satisfies WireFormat;
