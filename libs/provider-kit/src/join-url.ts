const TRAILING_SLASHES = /\/+$/;
/** `/v1`, `/v4`, `/v1beta`: an API version at the end of a base. */
const VERSION_AT_END = /\/v\d+[a-z0-9]*$/i;
const VERSION_AT_START = /^\/v\d+[a-z0-9]*(?=\/|$)/i;
/** Our own keys may come in the query; they are nobody else's business. */
const SECRET_PARAMETERS = new Set(['key', 'api_key', 'access_token']);

/**
 * Puts an endpoint behind a base URL, whichever way the base is written: trailing slashes do not matter, and a version
 * that the base has already is not repeated (`…/v1` + `/v1/messages` = `…/v1/messages`). The base's version wins.
 * @param path begins with a slash
 * @param query the client's, with its leading `?`, or empty; parameters that carry keys are left out
 */
export function joinUrl(baseUrl: string, path: string, query = ''): string {
  const base = baseUrl.replace(TRAILING_SLASHES, '');
  const rest = VERSION_AT_END.test(base) ? path.replace(VERSION_AT_START, '') : path;
  return query.length <= 1 ? base + rest : base + rest + withoutSecrets(query);
}

/**
 * The same for vendors whose convention is that the base names everything (OpenAI's): a version is added only to a base
 * that is nothing but a host, where people forget it.
 * @param path with its version, as in `/v1/models`
 */
export function joinWholeBaseUrl(baseUrl: string, path: string, query = ''): string {
  const base = baseUrl.replace(TRAILING_SLASHES, '');
  const hasPath = base.includes('/', base.indexOf('://') + 3);
  return joinUrl(base, hasPath ? path.replace(VERSION_AT_START, '') : path, query);
}

function withoutSecrets(query: string): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter((parameter) => !SECRET_PARAMETERS.has(nameOf(parameter)));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** As the reader of a query decodes it: an encoded letter makes no other name. */
function nameOf(parameter: string): string {
  const [name] = new URLSearchParams(parameter).keys();
  return name?.toLowerCase() ?? '';
}
