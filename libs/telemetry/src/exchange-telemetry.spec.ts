import type { ExchangeFacts } from './exchange-facts.js';
import { ExchangeTelemetry } from './exchange-telemetry.js';
import { createLogger } from './logs/create-logger.js';
import { ExchangeLog } from './logs/exchange-log.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';

const EXCHANGE: ExchangeFacts = {
  requestId: 'r',
  clientFormat: 'gemini',
  ending: 'completed',
  status: 200,
  attempts: 0,
  stream: false,
  durationMs: 1,
  bytesIn: 1,
  bytesOut: 1,
  warnings: 0,
};

describe('ExchangeTelemetry', () => {
  it('tells the log and the metrics', async () => {
    const lines: string[] = [];
    const logger = createLogger({ destination: { write: (line) => void lines.push(line) } });
    const metrics = new GatewayMetrics({ processMetrics: false });
    const telemetry = new ExchangeTelemetry(new ExchangeLog(logger), metrics);

    telemetry.started();
    telemetry.started();
    telemetry.attemptFailed({
      requestId: 'r',
      provider: 'p',
      accountId: 'a',
      model: 'm',
      failure: { error: { kind: 'upstream_error', message: 'no' }, blame: 'provider', action: 'stop' },
    });
    telemetry.settled(EXCHANGE);

    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['attempt failed', 'exchange']);
    const text = await metrics.render();
    expect(text).toContain('sluice_in_flight_requests 1\n');
    expect(text).toContain('sluice_upstream_failures_total{provider="p",kind="upstream_error"} 1');
    expect(text).toMatch(/sluice_requests_total\{format="gemini"[^}]*\} 1/);
  });
});
