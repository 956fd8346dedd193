export { batchPerPush } from './batch-per-push.js';
export { Cancellation } from './cancellation.js';
export { ChunkSource, MAX_BUFFERED_BYTES, type ChunkSourceOptions } from './chunk-source.js';
export { collect, CollectError, type CollectOptions } from './collect.js';
export { compose } from './compose.js';
export { eachItem } from './each-item.js';
export { Gate, MAX_QUEUED_ITEMS, type GateOptions } from './gate.js';
export { HoldUntilCommit, MAX_HELD_ITEMS, type HoldUntilCommitOptions } from './hold-until-commit.js';
export { oneWritePerPush } from './one-write-per-push.js';
export { pump, type PumpHandle, type PumpOptions } from './pump.js';
export type { PushSource, SourceListener } from './push-source.js';
export { insertMember, type InsertionPlace } from './raw-json/insert-member.js';
export type { MemberSpan } from './raw-json/member-span.js';
export { parseSpan } from './raw-json/parse-span.js';
export { replaceSpans, type SpanEdit } from './raw-json/replace-spans.js';
export { scanMembers, type ObjectScan } from './raw-json/scan-members.js';
export { MAX_DEPTH, skipSpace, skipSpaceBack, skipString, skipValue } from './raw-json/skip-value.js';
export { removalsOf, withoutMember } from './raw-json/without-member.js';
export type { Sink } from './sink.js';
export { sourceOf } from './source-of.js';
export { SseLimitError } from './sse/sse-limit-error.js';
export { SseParser, type SseParserOptions } from './sse/sse-parser.js';
export {
  MAX_HELD_BYTES,
  MAX_HELD_FRAMES,
  MAX_PARTIAL_BYTES,
  SseRelay,
  type SseRelayOptions,
  type SseVerdict,
} from './sse/sse-relay.js';
export { MAX_EVENT_BYTES } from './sse/sse-scanner.js';
export { serialiseSse, SseSerialiser } from './sse/sse-serialiser.js';
export type { Emit, StreamTransformer } from './stream-transformer.js';
export { throughGate, type ThroughGateOptions } from './through-gate.js';
export { writableSink, type WritableLike } from './writable-sink.js';
