import { type StreamShape } from './stream-shape.js';

/** What a request says. */
export interface AskedRequest {
  readonly model: string;
  readonly isStream: boolean;
  /** Already escaped for JSON. */
  readonly prompt: string;
}

/** Everything that the bench knows of a format: how it is asked, how the mock answers, and the gateway's account for it. */
export interface WireShape {
  /** In the names of phases and rows. */
  readonly shortName: string;
  /** In titles. */
  readonly displayName: string;
  /** Model name; the gateway under test routes it to the account that speaks this format. */
  readonly model: string;
  /** Paths of the inference call, at the vendor and (where clients speak the format) at the gateway alike. */
  readonly paths: { readonly json: string; readonly stream: string };
  readonly streamType: string;
  readonly stream: StreamShape;
  /** The unstreamed answer, about 600 bytes; absent where the vendor only streams. */
  readonly json?: Buffer;
  /** The body of a request. */
  body(request: AskedRequest): string;
  /** The account in the gateway's configuration. */
  account(mockUrl: string): object;
}
