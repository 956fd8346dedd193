import type { Clock, JsonObject, Logger } from '@sluice/core';
import type { HistoryFacts, HistorySide, WireCall } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';
import type { StoredResponses, StoreLimits } from './stored-responses.js';

export interface ConversationDependencies {
  readonly stored: StoredResponses;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The part of a conversation that the gateway remembers for a client, as one exchange sees it. */
export class Conversation {
  private constructor(
    /** What the client's format knows of remembered answers. */
    readonly side: HistorySide,
    /** `previousId` = the answer that was found; undefined = the client continues none, or one that is unknown here. */
    readonly facts: HistoryFacts,
    /** The request; resumed where its earlier answer is known. */
    readonly call: WireCall,
    private readonly principalId: string,
    private readonly limits: StoreLimits,
    private readonly dependencies: ConversationDependencies,
  ) {}

  /**
   * Looks up what a request continues. One that continues an unknown answer stays as it is: the vendor may know it.
   * @returns undefined where answers are not remembered, or the format's clients do not ask for it
   */
  static of(exchange: Exchange, call: WireCall, dependencies: ConversationDependencies): Conversation | undefined {
    const side = exchange.request.format.client?.history;
    const limits = exchange.snapshot.settings.responseStore;
    if (side === undefined || exchange.principal === undefined) return undefined;
    const { stored, clock } = dependencies;
    if (limits === undefined) {
      stored.clear();
      return undefined;
    }
    const { previousId: id, isKept } = side.read(call.body);
    const principalId = exchange.principal.id;
    const earlier = id === undefined ? undefined : stored.find(principalId, id, limits, clock.now());
    const resumed = earlier === undefined ? call : side.resume(call, earlier.items);
    return new Conversation(side, { previousId: earlier?.id, isKept }, resumed, principalId, limits, dependencies);
  }

  /** Remembers the answer, unless the client does not want that. */
  keep(answer: JsonObject): void {
    if (!this.facts.isKept) return;
    const { stored, clock, logger } = this.dependencies;
    const kept = this.side.keep(this.call, answer);
    const isStored = kept !== undefined && stored.keep(this.principalId, kept, this.limits, clock.now());
    if (!isStored)
      logger.info('an answer was not remembered: it failed, has no id or is too large', { id: answer['id'] });
  }
}
