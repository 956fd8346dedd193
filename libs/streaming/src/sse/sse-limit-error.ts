/** A server-sent event is larger than we are willing to hold. */
export class SseLimitError extends Error {
  readonly code = 'event-too-large';

  constructor(readonly maxEventBytes: number) {
    super(`a server-sent event is larger than ${maxEventBytes} bytes`);
    this.name = 'SseLimitError';
  }
}
