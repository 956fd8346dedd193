import type { CanonicalEvent, JsonObject, WireFrame } from '@sluice/core';
import type { StreamTransformer } from '@sluice/streaming';
import type fc from 'fast-check';
import type { WireCall } from '../wire-call.js';
import type { TranslationContext } from '../wire-format.js';
import type { GeneratedStream } from './generators/generated-stream.js';

/** Samples by name, named by phenomenon. Recorded or from the vendor's documentation, never made by the code under test. */
type Samples<T> = Readonly<Record<string, T>>;

/** What a format's author gives to the laws. Everything is optional: a law without material or without its side is left out. */
export interface LawSubject {
  readonly requests?: Samples<WireCall>;
  /** Whole JSON answers. */
  readonly responses?: Samples<Buffer>;
  /** The bytes of streamed answers. */
  readonly streams?: Samples<Buffer>;
  /** Streams with what they say, made by something that shares nothing with the decoder. */
  readonly generatedStreams?: fc.Arbitrary<GeneratedStream>;
  /** What the format can say in two ways, brought to one. Default: nothing. */
  readonly comparable?: {
    readonly request?: (body: JsonObject) => unknown;
    readonly response?: (body: JsonObject) => unknown;
    readonly events?: (events: readonly CanonicalEvent[]) => readonly CanonicalEvent[];
  };
  /**
   * Places (JSON pointers such as `/messages/0/content/1`) where the format allows no members of ours, so that an unknown one
   * need not survive. Default: none.
   */
  readonly isClosed?: (pointer: string) => boolean;
  /** Bytes → frames. Default: the SSE parser; required where the framing is another. */
  readonly createFramer?: () => StreamTransformer<Buffer, WireFrame>;
  /** A long stream for formats that are only spoken by vendors; default: what the client side encodes. */
  readonly longStream?: (deltas: number) => Iterable<WireFrame>;
  /** Members of the context that differ from the laws' own. */
  readonly context?: Partial<TranslationContext>;
  /** How many generated cases each law sees. Default 100. */
  readonly numRuns?: number;
}

/** The two words of a test runner that the laws need. Jest's, Vitest's, Mocha's and node:test's all fit. */
export interface LawRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => void) => unknown;
}
