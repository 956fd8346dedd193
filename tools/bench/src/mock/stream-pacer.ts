import type { MockStream } from './mock-stream.js';

const TICK_MS = 1;

/**
 * Streams that send one chunk every `intervalMs`, spread evenly over the interval: stream k sends in slot k mod interval,
 * so that 1000 streams at 50 ms are 20 chunks in each millisecond and not a burst of 1000.
 */
export class StreamPacer {
  private readonly slots: Set<MockStream>[];
  private timer: NodeJS.Timeout | undefined;
  private nextSlot = 0;
  private added = 0;
  private active = 0;
  private dueMs = 0;

  constructor(intervalMs: number) {
    this.slots = Array.from({ length: intervalMs }, () => new Set<MockStream>());
  }

  add(stream: MockStream): void {
    this.slots[this.added++ % this.slots.length]?.add(stream);
    this.active += 1;
    if (this.timer !== undefined) return;
    this.dueMs = performance.now();
    this.timer = setInterval(() => this.tick(performance.now()), TICK_MS);
  }

  private tick(nowMs: number): void {
    for (; this.dueMs <= nowMs; this.dueMs += TICK_MS) {
      const slot = this.slots[this.nextSlot];
      this.nextSlot = (this.nextSlot + 1) % this.slots.length;
      for (const stream of slot ?? []) {
        if (stream.sendNext()) continue;
        slot?.delete(stream);
        this.active -= 1;
      }
    }
    if (this.active > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
