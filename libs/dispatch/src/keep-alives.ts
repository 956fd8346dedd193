import type { Clock } from '@sluice/core';
import { serialiseSse } from '@sluice/streaming';
import { translatedHeaders } from './answer-headers.js';
import type { Exchange } from './exchange.js';
import type { InFlight } from './in-flight.js';

/** How often all open answers are looked at: no sign of life comes sooner, or is later than its time by more. */
export const KEEP_ALIVE_TICK_MS = 250;

/** A line that readers of server-sent events skip. @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
const COMMENT = ': keep-alive\n\n';
/** White space in front of a JSON document is part of it. @see https://www.rfc-editor.org/rfc/rfc8259#section-2 */
const BLANK = '\n';
const STATUS_OK = 200;
const NO_HEADERS = {};

export interface KeepAlivesDependencies {
  readonly inFlight: InFlight;
  readonly clock: Clock;
}

/**
 * Sends signs of life to clients that wait: a comment or a ping into a stream, a blank line in front of a whole answer.
 *
 * Also before a vendor has answered, while accounts are tried and cooldowns waited for: the first sign of life sends the head,
 * from where the status is 200 and a failure is told in the body. It does not commit: another account may still answer.
 *
 * One timer for the whole gateway. The path of the bytes knows nothing of it: an answer is silent as long as the number of its
 * bytes is the same.
 */
export class KeepAlives {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly dependencies: KeepAlivesDependencies) {}

  /** Idempotent. Does not keep the process running. */
  start(): void {
    this.#timer ??= setInterval(() => this.tick(), KEEP_ALIVE_TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Looks at every open answer once. */
  tick(): void {
    const nowMs = this.dependencies.clock.now();
    for (const exchange of this.dependencies.inFlight.open) look(exchange, nowMs);
  }
}

function look(exchange: Exchange, nowMs: number): void {
  const { answer } = exchange;
  const everyMs = intervalOf(exchange);
  if (everyMs === 0 || answer.isClosed) return;
  const { bytesWritten } = answer;
  if (bytesWritten !== exchange.bytesSeen) {
    exchange.bytesSeen = bytesWritten;
    exchange.quietSinceMs = nowMs;
    return;
  }
  if (nowMs - exchange.quietSinceMs < everyMs || exchange.passing?.isInsideEvent === true) return;
  const isStream = exchange.facts?.stream === true;
  answer.keepAwake({
    headers: () => translatedHeaders(exchange, NO_HEADERS, isStream),
    text: isStream ? inStream(exchange) : BLANK,
  });
  if (answer.isHeadSent) exchange.status ||= STATUS_OK;
  exchange.bytesSeen = answer.bytesWritten;
  exchange.quietSinceMs = nowMs;
}

/** 0 = never. */
function intervalOf({ isAwaited, facts, snapshot, answer }: Exchange): number {
  const { keepAlive } = snapshot.settings;
  if (!isAwaited || facts === undefined) return 0;
  return (facts.stream ? (answer.signOfLifeMs ?? keepAlive?.streamMs) : keepAlive?.wholeMs) ?? 0;
}

function inStream({ request }: Exchange): string {
  const frame = request.format.client?.keepAlive;
  return frame === undefined ? COMMENT : serialiseSse(frame);
}
