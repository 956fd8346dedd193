import type { WireFormat } from '@sluice/translator-kit';
import { corpusOf, ownOrBorrowed, type Corpus } from '../corpus/corpus.js';
import { AnswerCell } from './answer-cell.js';
import { BodyCell, type ClientFormat } from './body-cell.js';
import type { Cell } from './cell.js';
import { requestsOf } from './circumstances.js';
import { translatedClients, translatedUpstreams } from './formats.js';
import { FrameCell } from './frame-cell.js';
import { RefusalCell, type UpstreamFormat } from './refusal-cell.js';
import { SseCell } from './sse-cell.js';

/**
 * Every cell that the formats give: requests of each client side, and streams, answers and refusals of each upstream side.
 * @throws Error when a translated format has no material to begin with
 */
export function makeCells(formats: readonly WireFormat[], corpus: Corpus): readonly Cell[] {
  const clients = translatedClients(formats);
  const upstreams = translatedUpstreams(formats);
  const given = { clients, requests: requestsOf(clients, corpus), corpus };
  return [
    ...formats.filter(isClient).map((client) => new BodyCell(client, upstreams, requestsFor(client, corpus))),
    ...formats
      .filter(isUpstream)
      .map((format) => new RefusalCell(format, clients, ownOrBorrowed(corpus, format.id, 'errors'))),
    ...upstreams.flatMap((upstream): readonly Cell[] => {
      if (upstream.upstream.framing === 'aws-event-stream') {
        const answers = hasAnswers(corpus, upstream) ? [new AnswerCell(upstream, given)] : [];
        return [new FrameCell(upstream, given), ...answers];
      }
      return [new SseCell(upstream, given), new AnswerCell(upstream, given)];
    }),
  ];
}

function requestsFor({ id, client }: ClientFormat, corpus: Corpus): readonly Buffer[] {
  return client.translation === undefined
    ? ownOrBorrowed(corpus, id, 'requests')
    : corpusOf(corpus, id, 'requests').requests;
}

function isClient(format: WireFormat): format is ClientFormat {
  return format.client !== undefined;
}

function isUpstream(format: WireFormat): format is UpstreamFormat {
  return format.upstream !== undefined;
}

/** Some vendors answer every request with a stream. */
function hasAnswers(corpus: Corpus, { id }: WireFormat): boolean {
  return (corpus.get(id)?.responses.length ?? 0) > 0;
}
