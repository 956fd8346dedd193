import type { WireFormat } from '@sluice/translator-kit';
import { answerRepair } from './answer/answer-repair.js';
import { createStreamDecoder } from './answer/create-stream-decoder.js';
import { decodeError } from './decode-error.js';
import { decodeResponse } from './answer/decode-response.js';
import { needsBytes } from './request/encode-image.js';
import { encodeRequest } from './request/encode-request.js';
import { envelope } from './envelope.js';

/**
 * Kiro's `GenerateAssistantResponse` (AWS CodeWhisperer streaming). No client speaks it to us. The vendor always streams, so
 * whole answers are event streams, too.
 */
export const kiro = {
  id: 'kiro',
  displayName: 'Kiro',
  envelope,
  upstream: {
    framing: 'aws-event-stream',
    decodeError,
    translation: { needsBytes, encodeRequest, decodeResponse, createStreamDecoder, repair: answerRepair },
  },
} as const satisfies WireFormat;
