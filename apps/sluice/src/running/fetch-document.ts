/** How long a gateway may take to answer. */
export const ANSWER_TIMEOUT_MS = 10_000;
/** A longer answer is not read. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const MAX_SHOWN_CHARACTERS = 300;

export interface FetchOptions {
  /** A client key; undefined = none is shown. */
  readonly key: string | undefined;
  readonly fetch: typeof fetch;
}

/** Reads a JSON document of a gateway. Never rejects. @returns the document, or a sentence that says why there is none */
export async function fetchDocument(
  url: URL,
  { key, fetch }: FetchOptions,
): Promise<{ readonly document: unknown } | { readonly failure: string }> {
  let status: number;
  let text: string | undefined;
  try {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(url, { headers, signal, redirect: 'error' });
    status = response.status;
    text = await readText(response);
  } catch (error) {
    return { failure: `it cannot be reached (${reasonOf(error)}).` };
  }
  if (text === undefined) return { failure: 'its answer is too long to be one of a gateway.' };
  const document = parsed(text);
  if (status === 200 && isObject(document)) return { document };
  const told = isObject(document) && isObject(document['error']) ? document['error']['message'] : undefined;
  if (typeof told === 'string') return { failure: `${told.slice(0, MAX_SHOWN_CHARACTERS)} (${status})` };
  return { failure: `it answers with ${status} and no document of ours; an older version does not have it.` };
}

/** Undefined = it is longer than it may be. */
async function readText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length; // the type of a body does not say that it can be iterated
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page of somebody else
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Node's fetch hides the reason behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }; // whatever was thrown: reading is safe
  const reason = cause?.code ?? cause?.message;
  if (typeof reason === 'string') return reason;
  return error instanceof Error ? error.message : String(error);
}
