/** Answers that were wrong: all are counted, the first ones are kept with their reason. */
export class FaultLog {
  private static readonly MAX_KEPT = 20;
  readonly kept: string[] = [];
  count = 0;

  add(where: string, reason: string): void {
    this.count += 1;
    if (this.kept.length < FaultLog.MAX_KEPT) this.kept.push(`${where}: ${reason}`);
  }
}
