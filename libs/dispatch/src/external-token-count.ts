import type { TokenCountingSettings } from '@sluice/config';
import { GatewayError, type Logger, type WireHeaders } from '@sluice/core';
import { requestJson, type UpstreamHttp } from '@sluice/provider-kit';
import type { Cancellation } from '@sluice/streaming';
import { parseJsonObject } from '@sluice/translator-kit';

/** An answer with one number is small. */
export const MAX_COUNT_BYTES = 64 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
const STATUS_OK = 200;

/** Somebody else who counts tokens, as the operator configured. A count that fails is none: an estimate takes its place. */
export class ExternalTokenCount {
  constructor(
    private readonly http: UpstreamHttp,
    private readonly logger: Logger,
  ) {}

  /**
   * @param body what the client sent, in Anthropic's words
   * @returns undefined when nobody gave a count
   * @throws the cancellation's reason
   */
  async count(settings: TokenCountingSettings, body: Buffer, cancellation: Cancellation): Promise<number | undefined> {
    const { url, timeoutMs } = settings;
    const request = parseJsonObject(body.toString());
    if (request === undefined) return undefined;
    const gone = new AbortController();
    const forget = cancellation.onCancel((reason) => gone.abort(reason));
    try {
      const { status, value } = await requestJson(this.http, {
        method: 'POST',
        url,
        headers: keyHeader(settings),
        body: request,
        transport: { timeouts: { connectMs: CONNECT_TIMEOUT_MS, firstByteMs: timeoutMs, idleMs: timeoutMs } },
        signal: AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]),
        maxBytes: MAX_COUNT_BYTES,
      });
      const tokens = status === STATUS_OK ? tokensOf(value) : undefined;
      if (tokens === undefined) this.#note(url, `HTTP ${status} without a count`);
      return tokens;
    } catch (error) {
      if (cancellation.isCancelled || !(error instanceof GatewayError)) throw cancellation.reason ?? error;
      this.#note(url, error.message);
      return undefined;
    } finally {
      forget();
    }
  }

  #note(url: string, reason: string): void {
    this.logger.warn('tokens could not be counted elsewhere', { host: new URL(url).host, reason });
  }
}

function keyHeader({ apiKey, authType }: TokenCountingSettings): WireHeaders {
  if (apiKey === undefined) return {};
  return authType === 'bearer' ? { authorization: `Bearer ${apiKey}` } : { 'x-api-key': apiKey };
}

function tokensOf(value: unknown): number | undefined {
  const tokens = (value as { readonly input_tokens?: unknown } | null | undefined)?.input_tokens; // any JSON; checked below
  return typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : undefined;
}
