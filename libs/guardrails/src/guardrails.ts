import type { FormatId } from '@sluice/core';

/** What a content rule may look at before the vendor is asked. */
export interface GuardedRequest {
  readonly requestId: string;
  readonly principalId: string | undefined;
  readonly format: FormatId;
  readonly model: string;
  /** The client's body as it came. */
  readonly body: Buffer;
}

/** Content rules. */
export abstract class Guardrails {
  /**
   * Answers at once where it can: a promise costs a turn of the event loop on every request.
   * @throws GatewayError `guardrail_blocked`
   */
  abstract checkRequest(request: GuardedRequest): void | Promise<void>;
}

/** Checks nothing: the default until rules are declared. */
export class NoGuardrails extends Guardrails {
  checkRequest(): void {}
}
