export type { AnswerRepair } from './answer-repair.js';
export { withoutByteOrderMark } from './byte-order-mark.js';
export type {
  EmbeddingClientTranslation,
  EmbeddingEncoding,
  EmbeddingRequest,
  EmbeddingResponse,
  EmbeddingUpstreamTranslation,
} from './embeddings.js';
export type { Envelope, EnvelopeFacts } from './envelope.js';
export { errorKindOfStatus } from './error-kind-of-status.js';
export { parseErrorBody, readErrorWords, type ErrorWords } from './error-words.js';
export { FormatRegistry } from './format-registry.js';
export type { HistoryFacts, HistorySide, KeptAnswer } from './history-side.js';
export { jsonEnvelope } from './json-envelope.js';
export { countMember, objectMember, objectsMember, textMember } from './json-members.js';
export { type ToolCallDelta } from './machines/assembled-call.js';
export {
  BlockSequencer,
  MAX_WAITING_BLOCKS,
  MAX_WAITING_CHARS,
  type BlockSequencerOptions,
} from './machines/block-sequencer.js';
export { carryUnknown, extensionsOf, restoreUnknown } from './machines/carry-unknown.js';
export { proofForClient, proofOfClient } from './machines/client-proof.js';
export { deterministicId, hashDigits } from './machines/deterministic-id.js';
export { mergeExtensions } from './machines/merge-extensions.js';
export { toObjectSchema } from './machines/object-schema.js';
export {
  budgetOfEffort,
  effortOfBudget,
  isReasoningEffort,
  nearestEffort,
  REASONING_EFFORTS,
  type ReasoningEffort,
} from './machines/reasoning-effort.js';
export { holdsForeignProof, type ProofPlaces } from './machines/holds-foreign-proof.js';
export { reportForeign } from './machines/report-foreign.js';
export {
  accumulateResponse,
  MAX_ACCUMULATED_CHARS,
  ResponseAccumulator,
  type AccumulatedOutcome,
  type ResponseAccumulatorOptions,
} from './machines/response-accumulator.js';
export { nestedMember, restoreMembers, withoutMembers } from './machines/restore-members.js';
export { carriedFor, foreignMembers, saidAs, type ForeignMembers } from './machines/said-members.js';
export { settleFinishReason, type ReportedFinish } from './machines/settle-finish-reason.js';
export { signatureFamily } from './machines/signature-family.js';
export { siblingMembers } from './machines/sibling-members.js';
export { SpellingMap, type SpellingRule } from './machines/spelling-map.js';
export { splitThinkTags } from './machines/split-think-tags.js';
export { streamOfResponse } from './machines/stream-of-response.js';
export { textOfBlocks } from './machines/text-of-blocks.js';
export { THINK_TAGS } from './machines/think-tag-scanner.js';
export { ThinkTagSplitter, type ThinkTagOptions } from './machines/think-tag-splitter.js';
export {
  MAX_PENDING_ARGUMENT_CHARS,
  MAX_TOOL_CALLS,
  ToolCallAssembler,
  type ToolCallAssemblerOptions,
} from './machines/tool-call-assembler.js';
export { UniqueIds } from './machines/unique-ids.js';
export type { Observation } from './observation.js';
export { encodeOpenAiError, openAiErrorCode, type OpenAiErrorBody } from './openai-error-body.js';
export { openAiErrors, type OpenAiErrors } from './openai-errors.js';
export { describeWord } from './describe-word.js';
export { describeJson, invalidRequest, parseRequestBody, serialiseBody } from './parse-request-body.js';
export { lastValues, parseJsonObject, pickMembers, type PickedMembers } from './pick-members.js';
export {
  planExchange,
  type EmbeddingClient,
  type EmbeddingUpstream,
  type ExchangePlan,
  type PassThroughFormat,
  type PlanOptions,
  type TranslatedClient,
  type TranslatedUpstream,
} from './plan-exchange.js';
export { ScannedBodies } from './scanned-bodies.js';
export { setMember } from './set-member.js';
export { memberTextLengths, TextMeter } from './text-meter.js';
export { TranslatorKitModule } from './translator-kit.module.js';
export { excerptOf, invalidResponse, requestIdIn, upstreamError, wordsOfUnreadable } from './upstream-error.js';
export type { UpstreamRefusal } from './upstream-error.js';
export { vendorErrorBody, vendorErrorCode } from './vendor-error-body.js';
export { upstreamUsage, type UsageCounts } from './upstream-usage.js';
export type { WireCall } from './wire-call.js';
export type {
  AnswerObserver,
  ClientSide,
  ClientTranslation,
  EncodedError,
  EncodedRequest,
  StreamFraming,
  StreamObserver,
  TokenCountSide,
  TranslationContext,
  UpstreamSide,
  UpstreamTokenCount,
  UpstreamTranslation,
  WireFormat,
} from './wire-format.js';
export { WIRE_FORMAT, wireFormatOf, WireFormatPlugin } from './wire-format.plugin.js';
