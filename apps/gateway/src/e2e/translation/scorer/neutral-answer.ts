/** Why an answer ended, in words that both formats can say. Formats that say more are folded into these. */
export type NeutralFinish = 'stop' | 'length' | 'tools' | 'filter';

/** A call of a client's tool. */
export interface NeutralCall {
  readonly id: string;
  readonly name: string;
  /** Parsed; the text itself where it is not JSON. */
  readonly input: unknown;
}

/** The same three counts whatever the vendor calls them, in tokens. */
export interface NeutralUsage {
  /** With what was read from and written to the cache. */
  readonly input: number;
  /** With reasoning. */
  readonly output: number;
  readonly cacheRead: number;
}

export type NeutralErrorClass =
  | 'invalid-request'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'too-large'
  | 'rate-limit'
  | 'overloaded'
  | 'vendor'
  | 'unreadable';

export interface NeutralError {
  readonly class: NeutralErrorClass;
  /** Undefined for a failure inside a stream. */
  readonly status: number | undefined;
  readonly message: string;
}

/** What the user of any SDK has when an answer is over. Deliberately not the gateway's own model: it must not agree by birth. */
export interface NeutralAnswer {
  readonly text: string;
  /** Why the model would not, where the format has a place of its own for it. */
  readonly refusal: string;
  /** What the vendor adds about a refusal, beside the answer. */
  readonly remark: string;
  readonly calls: readonly NeutralCall[];
  /** Undefined when the answer failed. */
  readonly finish: NeutralFinish | undefined;
  readonly error: NeutralError | undefined;
  /** Visible reasoning. */
  readonly reasoning: string;
  readonly signature: string | undefined;
  /** Undefined = the vendor did not say. */
  readonly usage: NeutralUsage | undefined;
}

/** An answer without anything, to fill in. */
export const EMPTY_ANSWER: NeutralAnswer = {
  text: '',
  refusal: '',
  remark: '',
  calls: [],
  finish: undefined,
  error: undefined,
  reasoning: '',
  signature: undefined,
  usage: undefined,
};

/** Arguments as a caller would use them. Nothing means none. */
export function parseInput(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text; // compared as it stands
  }
}
