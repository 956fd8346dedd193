import type { WireCall } from './wire-call.js';

/** The two facts that routing needs. */
export interface EnvelopeFacts {
  readonly model: string;
  readonly stream: boolean;
}

/** Reads and changes the outside of a request without parsing the rest. */
export interface Envelope {
  /** @throws GatewayError `invalid_request` naming the member that is wrong */
  read(call: WireCall): EnvelopeFacts;
  /** The same call for another model: every other byte stays. Returns the same object when the model is the same. */
  withModel(call: WireCall, model: string): WireCall;
  /**
   * Asks the vendor to report usage inside the stream, where the format must be asked. Returns undefined when the call
   * asks already (or the format always reports), so that the caller knows whether to hide what the client did not want.
   */
  withUsage?(call: WireCall): WireCall | undefined;
}
