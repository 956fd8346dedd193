import { GatewayError, type GatewayErrorKind, type SseFrame, type WireFrame } from '@sluice/core';
import { scanMembers, type StreamTransformer } from '@sluice/streaming';
import { jsonEnvelope, type Observation, type PassThroughFormat } from '@sluice/translator-kit';

/**
 * A format whose streams are scripts: the data of an event says what its observer sees.
 *
 * ```text
 * hello · text <words> · usage <n> · usage-only <n> · finish · end · error <kind> · throw
 * ```
 *
 * A whole answer is JSON with the members `text`, `usage`, `error` (a kind) and `throw`. An error body is the plain message.
 */
export const scriptFormat: PassThroughFormat = {
  id: 'script',
  displayName: 'Script',
  envelope: {
    ...jsonEnvelope(),
    withUsage: (call) =>
      call.body.includes('"usage"')
        ? undefined
        : { ...call, body: Buffer.from(`${call.body.toString().slice(0, -1)},"usage":true}`) },
  },
  client: {
    encodeError: (error, requestId) => ({
      status: error.status,
      body: { error: { code: error.kind, message: error.message, request: requestId } },
    }),
    encodeStreamError: (error) => [{ kind: 'sse', event: 'error', data: `${error.kind}: ${error.message}` }],
  },
  upstream: {
    framing: 'sse',
    decodeError: (status, _headers, body) =>
      new GatewayError({
        kind: KIND_OF_STATUS[status] ?? 'upstream_error',
        message: body.toString() || `status ${status}`,
        upstream: { status, message: body.toString() },
      }),
  },
  observe: {
    createStreamObserver: () => new ScriptObserver(),
    observeBody,
    modelSpans: (json, at) => scanMembers(json, ['model'], at)?.members.model ?? [],
  },
};

const KIND_OF_STATUS: Readonly<Record<number, GatewayErrorKind>> = {
  400: 'upstream_invalid_request',
  401: 'upstream_auth_failed',
  404: 'upstream_not_found',
  429: 'upstream_rate_limited',
  500: 'upstream_error',
  503: 'upstream_overloaded',
};

/** An event of the script, as its bytes. */
export function event(data: string): Buffer {
  return Buffer.from(`data: ${data}\n\n`);
}

class ScriptObserver implements StreamTransformer<WireFrame, Observation> {
  push(frame: WireFrame, emit: (observation: Observation) => void): void {
    const [word = '', ...rest] = (frame as SseFrame).data.split(' '); // scripts are text
    switch (word) {
      case 'text':
        return emit({ type: 'content' });
      case 'usage':
      case 'usage-only':
        return emit({ type: 'usage', usage: usageOf(rest[0]), standalone: word === 'usage-only' });
      case 'finish':
        return emit({ type: 'finish', finishReason: { unified: 'stop' } });
      case 'end':
        return emit({ type: 'end' });
      case 'error':
        return emit({ type: 'error', error: vendorError(rest[0] as GatewayErrorKind, rest.slice(1).join(' ')) });
      case 'throw':
        throw new TypeError('the observer stumbled');
      default: // a handshake
    }
  }

  finish(): void {}
}

function observeBody(body: Buffer): readonly Observation[] {
  const answer = JSON.parse(body.toString()) as { usage?: number; error?: GatewayErrorKind }; // scripts are JSON
  if (answer.error !== undefined) return [{ type: 'error', error: vendorError(answer.error, '') }];
  return [
    ...(answer.usage === undefined
      ? []
      : [{ type: 'usage', usage: usageOf(String(answer.usage)), standalone: false } as const]),
    { type: 'finish', finishReason: { unified: 'stop' } },
  ];
}

function usageOf(count: string | undefined) {
  return { output: Number(count), source: 'upstream' } as const;
}

function vendorError(kind: GatewayErrorKind, words: string): GatewayError {
  const message = words || `the vendor said ${kind}`;
  return new GatewayError({ kind, message, upstream: { status: 500, message } });
}
