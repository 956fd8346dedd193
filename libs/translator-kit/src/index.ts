export { withoutByteOrderMark } from './byte-order-mark.js';
export type { Envelope, EnvelopeFacts } from './envelope.js';
export { errorKindOfStatus } from './error-kind-of-status.js';
export { parseErrorBody, readErrorWords, type ErrorWords } from './error-words.js';
export { FormatRegistry } from './format-registry.js';
export { jsonEnvelope } from './json-envelope.js';
export { countMember, objectMember, objectsMember, textMember } from './json-members.js';
export type { Observation } from './observation.js';
export { describeJson, invalidRequest, parseRequestBody, serialiseBody } from './parse-request-body.js';
export { lastValues, parseJsonObject, pickMembers, type PickedMembers } from './pick-members.js';
export {
  planExchange,
  type ExchangePlan,
  type PassThroughFormat,
  type PlanOptions,
  type TranslatedClient,
  type TranslatedUpstream,
} from './plan-exchange.js';
export { ScannedBodies } from './scanned-bodies.js';
export { setMember } from './set-member.js';
export { TranslatorKitModule } from './translator-kit.module.js';
export { excerptOf, invalidResponse, requestIdIn, upstreamError, wordsOfUnreadable } from './upstream-error.js';
export type { UpstreamRefusal } from './upstream-error.js';
export { upstreamUsage, type UsageCounts } from './upstream-usage.js';
export type { WireCall } from './wire-call.js';
export type {
  AnswerObserver,
  ClientSide,
  ClientTranslation,
  EncodedError,
  EncodedRequest,
  TranslationContext,
  UpstreamSide,
  UpstreamTranslation,
  WireFormat,
} from './wire-format.js';
export { WIRE_FORMAT, wireFormatOf, WireFormatPlugin } from './wire-format.plugin.js';
