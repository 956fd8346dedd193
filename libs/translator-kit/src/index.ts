export type { Envelope, EnvelopeFacts } from './envelope.js';
export type { Observation } from './observation.js';
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
