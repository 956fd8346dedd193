import type { ApiFamily, ForwardMethod, StreamedBody } from '@sluice/provider-kit';
import type { ClientRequest } from './client-request.js';

/** A request for a path that no format of ours describes. It is answered by a vendor, whole, or not at all. */
export interface ForwardRequest extends ClientRequest {
  readonly method: ForwardMethod;
  /** Whose API the path belongs to. */
  readonly api: ApiFamily;
  /** The model that the path names, and how the path names another; absent = the path names none. */
  readonly pathModel?: { readonly model: string; withModel(model: string): string };
  /** Opens the unread body; undefined when the request has none. At most once. */
  openBody(): StreamedBody | undefined;
}
