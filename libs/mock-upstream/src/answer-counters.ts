/** Counts requests under way, and those whose client left early. */
export class AnswerCounters {
  activeRequests = 0;
  activeStreams = 0;
  cancelledRequests = 0;
  cancelledStreams = 0;
  /** All requests ever received. */
  received = 0;

  /** A request has arrived. Returns its sequence number, 1 for the first. */
  begin(): number {
    this.activeRequests += 1;
    this.received += 1;
    return this.received;
  }

  /** The request that has begun turned out to be one for a stream. */
  beginStream(): void {
    this.activeStreams += 1;
  }

  end({ isStream, isCancelled }: { isStream: boolean; isCancelled: boolean }): void {
    this.activeRequests -= 1;
    if (isStream) this.activeStreams -= 1;
    if (isCancelled) this.cancelledRequests += 1;
    if (isCancelled && isStream) this.cancelledStreams += 1;
  }
}
