import { hash } from 'node:crypto';
import type { MockBehaviour, MockRequest, MockUpstream } from '@sluice/mock-upstream';

/** A fault and how often it strikes. */
export interface Fault {
  readonly name: string;
  readonly behaviour: MockBehaviour;
  /** Of the requests that reach the vendor; all shares of a plan together are at most 1. */
  readonly share: number;
  /** Whether the client is answered well all the same. */
  readonly isHarmless?: boolean;
}

/** What a well vendor answers, and what a client must then have read. */
export const WELL: MockBehaviour = { chunks: 3 };
export const WELL_TEXT = '#000001 #000002 #000003 ';

/** In the prompt of every request of the suite. */
const MARKER = /chaos-\d+/;
const UINT32_RANGE = 2 ** 32;

/** The text by which a request is known at the vendor. */
export function markerOf(number: number): string {
  return `chaos-${number}`;
}

/**
 * Lets faults strike a mock. Which one strikes depends on the seed, the request, and how often this vendor has seen it with this
 * key: not on what runs at the same time, so that a seed gives the same faults again.
 */
export class FaultPlan {
  /** By the request's marker: how often a vendor has answered it well. */
  readonly answered = new Map<string, number>();
  /** By name: how often a fault has struck. */
  readonly struck = new Map<string, number>();
  readonly #seen = new Map<string, number>();

  constructor(
    private readonly seed: number,
    private readonly faults: readonly Fault[],
  ) {}

  /** @param isConcerned which requests may be struck; all others are answered well. Default: all may */
  strike(vendor: MockUpstream, isConcerned: (request: MockRequest) => boolean = () => true): void {
    const drawn = new WeakMap<MockRequest, Fault | undefined>();
    const faultOf = (request: MockRequest): Fault | undefined => {
      if (drawn.has(request)) return drawn.get(request);
      const fault = isConcerned(request) ? this.#draw(request) : undefined;
      if (fault === undefined || fault.isHarmless === true) this.#noteAnswer(request);
      drawn.set(request, fault);
      return fault;
    };
    vendor.when((request) => {
      faultOf(request);
      return true;
    }, WELL);
    for (const fault of this.faults) vendor.when((request) => faultOf(request) === fault, fault.behaviour);
  }

  #draw(request: MockRequest): Fault | undefined {
    const place = `${markerIn(request)} ${keyOf(request)}`;
    const times = this.#seen.get(place) ?? 0;
    this.#seen.set(place, times + 1);
    let draw =
      Buffer.from(hash('sha256', `${this.seed} ${place} ${times}`, 'hex'), 'hex').readUInt32BE() / UINT32_RANGE;
    for (const fault of this.faults) {
      draw -= fault.share;
      if (draw >= 0) continue;
      this.struck.set(fault.name, (this.struck.get(fault.name) ?? 0) + 1);
      return fault;
    }
    return undefined;
  }

  #noteAnswer(request: MockRequest): void {
    const marker = markerIn(request);
    this.answered.set(marker, (this.answered.get(marker) ?? 0) + 1);
  }
}

/** The credential that a request came with. */
export function keyOf({ headers }: MockRequest): string {
  return String(headers['authorization'] ?? headers['x-api-key']);
}

function markerIn({ body }: MockRequest): string {
  return MARKER.exec(body.toString())?.[0] ?? '';
}
