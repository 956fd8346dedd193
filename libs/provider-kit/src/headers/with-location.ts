import { headerValue } from '@sluice/core';
import type { UpstreamReply } from '../provider.js';
import { localLocation, type ForwardedPlace } from './local-location.js';

/** The answer to a request that passed whole, with where it leads. The header itself never travels. */
export function withLocation(reply: UpstreamReply, place: ForwardedPlace): UpstreamReply {
  const value = headerValue(reply.headers, 'location');
  const location = value === undefined ? undefined : localLocation(value, place);
  return location === undefined ? reply : { ...reply, location };
}
