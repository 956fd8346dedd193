import type { UpstreamCall } from '@sluice/provider-kit';

const VERSION = '/v1beta';
const TUNED = 'tunedModels/';

/** Chosen by us: without it a stream comes as one long JSON array. */
const FRAMING = 'alt';

/** Segments that would lead to another place. */
const DOTS = new Set(['.', '..']);

/**
 * The path of a call: Google has model and method there. Slashes of a name stay unless they would lead elsewhere; other
 * special characters are encoded.
 */
export function pathOf(model: string, method: string): string {
  const resource = model.startsWith(TUNED) || model.startsWith('models/') ? model : `models/${model}`;
  const segments = resource.split('/');
  const separator = segments.some((segment) => DOTS.has(segment)) ? '%2F' : '/';
  const encoded = segments.map(encodeURIComponent).join(separator);
  return `${VERSION}/${encoded}:${method}`;
}

/** The client's query with the framing that we read. Its key is left out by whoever joins the address. */
export function queryOf({ query, stream }: Pick<UpstreamCall, 'query' | 'stream'>): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && parameter !== FRAMING && !parameter.startsWith(`${FRAMING}=`));
  const all = stream ? [`${FRAMING}=sse`, ...kept] : kept;
  return all.length === 0 ? '' : `?${all.join('&')}`;
}
