import type { FormatId } from '@sluice/core';
import type { Credential } from '../account.js';
import type { ModelInfo, Provider } from '../provider.js';
import type { UpstreamHttp } from '../http/upstream-http.js';
import type { ScriptedReply } from './scripted-vendor.js';

/** What a provider's author says of it. The vendor's answers come from recordings or from its documentation. */
export interface ConformanceCase {
  create(http: UpstreamHttp): Provider;
  /** The settings of an account at the scripted vendor, before defaults. `origin` is scheme, host and port. */
  settings(origin: string): Record<string, unknown>;
  /** Default: what the descriptor reads from the settings. */
  readonly credential?: Credential;
  readonly model: string;
  /** Default: the first format that the provider names. */
  readonly format?: FormatId;
  /** Path (and query) that a call must arrive at. */
  readonly path: string;
  /** Headers that must arrive because of the credential; lower-case names. */
  readonly auth: Readonly<Record<string, string>>;
  readonly replies: {
    readonly success: ScriptedReply;
    readonly stream: ScriptedReply;
    readonly unauthorized: ScriptedReply;
    /** With a `retry-after` of some kind. */
    readonly rateLimited: ScriptedReply;
    /** 5xx. */
    readonly failure: ScriptedReply;
  };
  /** Absent = the provider does not take requests whole. */
  readonly forward?: {
    /** A path of ours, with its version and at least one segment behind it. */
    readonly path: string;
    /** Where the vendor must see it. */
    readonly arrivesAt: string;
  };
  /** Absent = the provider does not count tokens. */
  readonly count?: {
    /** Path (and query) that the question must arrive at. */
    readonly path: string;
    readonly reply: ScriptedReply;
  };
  /** Absent = the vendor has no model list. */
  readonly models?: {
    readonly path: string;
    readonly reply: ScriptedReply;
    readonly expected: readonly ModelInfo[];
  };
}

/** The two words of a test runner that the suite needs. Jest's, Vitest's, Mocha's and node:test's all fit. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}
