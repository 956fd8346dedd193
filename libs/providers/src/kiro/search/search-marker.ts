/** The format writes this member first, so that nobody has to look through a whole conversation for it; the vendor never sees it. */
const MARKER = /^\{"webSearches":(\d{1,3}),/;
/** More than the marker has. */
const MARKER_BYTES = 32;

/** A request whose model may search the web on the way. */
export interface SearchingRequest {
  /** As the vendor takes it. */
  readonly body: Buffer;
  /** How many searches it may cost. */
  readonly maxSearches: number;
}

/** Undefined = the model may not search. */
export function searchingRequest(body: Buffer): SearchingRequest | undefined {
  const [marker, count] = MARKER.exec(body.toString('latin1', 0, MARKER_BYTES)) ?? [];
  if (marker === undefined) return undefined;
  return { body: Buffer.concat([Buffer.from('{'), body.subarray(marker.length)]), maxSearches: Number(count) };
}
