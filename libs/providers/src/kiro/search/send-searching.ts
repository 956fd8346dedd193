import type { UpstreamCall, UpstreamHttp, UpstreamReply } from '@sluice/provider-kit';
import type { InferenceSender } from '../endpoints/inference-sender.js';
import { callSearch } from './call-search.js';
import type { SearchingRequest } from './search-marker.js';
import { SearchedAnswer } from './searched-answer.js';

const OK_STATUS = 200;

/**
 * Asks a model that may search the web on the way. All rounds and searches go through the account of the first.
 * @throws GatewayError as `InferenceSender.send` does
 */
export async function sendSearching(
  { http, sender }: { readonly http: UpstreamHttp; readonly sender: InferenceSender },
  call: UpstreamCall,
  { body, maxSearches }: SearchingRequest,
): Promise<UpstreamReply> {
  const ask = (next: Buffer): Promise<UpstreamReply> => sender.send({ ...call, body: next });
  const reply = await ask(body);
  if (reply.status !== OK_STATUS) return reply;
  const { cancellation } = call;
  const answer = new SearchedAnswer({
    first: reply.body,
    body,
    maxSearches,
    cancellation,
    ask,
    search: (wanted) => callSearch(http, call, wanted),
  });
  return { ...reply, body: answer };
}
