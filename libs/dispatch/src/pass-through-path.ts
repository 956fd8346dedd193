import type { PassThroughFormat, WireCall } from '@sluice/translator-kit';
import { successHeaders } from './answer-headers.js';
import type { AnswerPath } from './answer-path.js';
import { relayBody } from './body-relay.js';
import { ModelEcho } from './model-echo.js';
import { isEventStream, secretsOfPath, vendorModel, type PathOptions } from './path-options.js';
import { StreamRelay } from './stream-relay.js';

/** Client and vendor speak one format: the bytes travel as they are. */
export function passThroughPath(format: PassThroughFormat, options: PathOptions): AnswerPath {
  const { exchange } = options;
  const { observe } = format;
  const { call, hideUsage } = prepareCall(format, options);
  return {
    upstream: format,
    call,
    answer(reply) {
      const echo = ModelEcho.of(exchange, observe);
      const isStream = isEventStream(reply.headers);
      const headers = successHeaders(exchange, reply.headers, isStream);
      if (!isStream) return relayBody({ exchange, reply, observer: observe, headers, echo });
      const observer = observe.createStreamObserver();
      const secrets = secretsOfPath(options);
      return new StreamRelay({ exchange, reply, observer, hideUsage, headers, secrets, echo }).run();
    },
  };
}

/** The client's bytes for this account: the model spliced in and, in a stream, usage asked for. */
function prepareCall(format: PassThroughFormat, options: PathOptions): { call: WireCall; hideUsage: boolean } {
  const { exchange, lease } = options;
  const call = format.envelope.withModel(options.call, vendorModel(options));
  const isStream = exchange.facts?.stream ?? false;
  const mayAskForUsage = isStream && lease.declaration.account.settings['streamUsage'] !== false;
  const withUsage = mayAskForUsage ? format.envelope.withUsage?.(call) : undefined;
  return withUsage === undefined ? { call, hideUsage: false } : { call: withUsage, hideUsage: true };
}
