export { assertWellFormed, EventGrammar, GrammarError } from './assert-well-formed.js';
export type { BlockStart, CanonicalEvent } from './canonical-event.js';
export type {
  CanonicalRequest,
  FunctionTool,
  Message,
  ReasoningOptions,
  ResponseFormat,
  Sampling,
  ServerTool,
  Tool,
  ToolChoice,
} from './canonical-request.js';
export type { CanonicalResponse, FinishReason } from './canonical-response.js';
export { Clock, SystemClock } from './clock.js';
export type {
  CacheMarker,
  ContentBlock,
  ImageDetail,
  MediaBlock,
  MediaSource,
  OpaqueBlock,
  ReasoningBlock,
  RefusalBlock,
  ServerToolBlock,
  Signature,
  SignatureFamily,
  TextBlock,
  ToolCallBlock,
  ToolResultBlock,
} from './content-block.js';
export type { Extensions, FormatId } from './format-id.js';
export { GATEWAY_ERRORS, gatewayErrorRow, type GatewayErrorKind, type GatewayErrorRow } from './gateway-error-kind.js';
export type { AnthropicErrorType, GoogleErrorStatus, OpenAiErrorType } from './gateway-error-words.js';
export { GatewayError, type GatewayErrorOptions, type UpstreamErrorDetail } from './gateway-error.js';
export { isJsonObject, type JsonObject, type JsonValue } from './json.js';
export { Logger, SilentLogger, type LogFields } from './logger.js';
export { redact, type RedactedObject, type RedactedValue } from './redaction/redact.js';
export { redactText } from './redaction/redact-text.js';
export { isSecretName } from './redaction/secret-names.js';
export type { TranslationWarning } from './translation-warning.js';
export type { Blame, FailureAction, UpstreamFailure } from './upstream-failure.js';
export type { Usage } from './usage.js';
export type { BinaryFrame, BinaryHeaderValue, SseFrame, WireFrame } from './wire-frame.js';
export { headerValue, type WireHeaders } from './wire-headers.js';
