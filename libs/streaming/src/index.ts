export { Cancellation } from './cancellation.js';
export type { PushSource, SourceListener } from './push-source.js';
export type { Sink } from './sink.js';
export type { Emit, StreamTransformer } from './stream-transformer.js';
