import type { ExchangeFacts } from '../exchange-facts.js';
import { GatewayMetrics, type GatewayMetricsOptions } from './gateway-metrics.js';

const COMPLETED: ExchangeFacts = {
  requestId: 'r-1',
  clientFormat: 'openai-chat',
  upstreamFormat: 'anthropic-messages',
  upstreamModel: 'm1',
  provider: 'anthropic',
  ending: 'completed',
  status: 200,
  usage: { input: 10, output: 5, cacheRead: 4, cacheWrite5m: 1, cacheWrite1h: 2, reasoning: 3, source: 'upstream' },
  attempts: 1,
  stream: true,
  durationMs: 1500,
  firstByteMs: 40,
  bytesIn: 1,
  bytesOut: 1,
  warnings: 2,
};

function settle(metrics: GatewayMetrics, ...exchanges: Partial<ExchangeFacts>[]): void {
  for (const exchange of exchanges) {
    metrics.exchangeStarted();
    metrics.exchangeSettled({ ...COMPLETED, ...exchange });
  }
}

const create = (options: GatewayMetricsOptions = {}): GatewayMetrics =>
  new GatewayMetrics({ processMetrics: false, ...options });

describe('GatewayMetrics', () => {
  describe('an exchange', () => {
    it('is counted in every metric it concerns', async () => {
      const metrics = create();

      settle(metrics, {}, {});

      const text = await metrics.render();
      for (const line of [
        'sluice_requests_total{format="openai-chat",provider="anthropic",model="m1",status="200",ending="completed"} 2',
        'sluice_request_duration_seconds_bucket{le="1",format="openai-chat",provider="anthropic",stream="true"} 0',
        'sluice_request_duration_seconds_bucket{le="2.5",format="openai-chat",provider="anthropic",stream="true"} 2',
        'sluice_request_duration_seconds_sum{format="openai-chat",provider="anthropic",stream="true"} 3',
        'sluice_time_to_first_byte_seconds_bucket{le="0.05",format="openai-chat",provider="anthropic",stream="true"} 2',
        'sluice_time_to_first_byte_seconds_count{format="openai-chat",provider="anthropic",stream="true"} 2',
        'sluice_tokens_total{provider="anthropic",model="m1",kind="input"} 20',
        'sluice_tokens_total{provider="anthropic",model="m1",kind="output"} 10',
        'sluice_tokens_total{provider="anthropic",model="m1",kind="cache_read"} 8',
        'sluice_tokens_total{provider="anthropic",model="m1",kind="cache_write"} 6',
        'sluice_tokens_total{provider="anthropic",model="m1",kind="reasoning"} 6',
        'sluice_attempts_total{provider="anthropic",outcome="completed"} 2',
        'sluice_translation_warnings_total{from="openai-chat",to="anthropic-messages"} 4',
        'sluice_in_flight_requests 0',
      ]) {
        expect(text.split('\n').map(sortLabels)).toContain(sortLabels(line));
      }
      expect(text).not.toContain('sluice_client_closed_total{');
    });

    it('is counted where its answer has a flaw', async () => {
      const metrics = create();

      settle(metrics, { flaw: { flaw: 'cut-call', outcome: 'repaired' } }, {});

      expect(await metrics.render()).toContain(
        'sluice_flawed_answers_total{provider="anthropic",flaw="cut-call",outcome="repaired"} 1',
      );
    });

    it('may have reached no vendor', async () => {
      const metrics = create();

      settle(metrics, {
        provider: undefined,
        upstreamFormat: undefined,
        upstreamModel: undefined,
        usage: undefined,
        firstByteMs: undefined,
        ending: 'failed',
        status: 401,
        attempts: 0,
        warnings: 0,
      });

      const text = await metrics.render();
      expect(text).toContain('provider="none",model="none",status="401",ending="failed"} 1');
      expect(text).not.toContain('sluice_attempts_total{');
      expect(text).not.toContain('sluice_tokens_total{');
      expect(text).toMatch(/sluice_time_to_first_byte_seconds_count\{[^}]*\} 0/);
    });

    it('whose client went away is counted as such', async () => {
      const metrics = create();

      settle(metrics, { ending: 'client-closed', status: 499 });

      const text = await metrics.render();
      expect(text).toContain('sluice_client_closed_total{format="openai-chat",provider="anthropic"} 1');
      expect(text).toContain('sluice_attempts_total{provider="anthropic",outcome="client-closed"} 1');
    });

    it('is in flight until it is settled', async () => {
      const metrics = create();
      metrics.exchangeStarted();
      metrics.exchangeStarted();

      metrics.exchangeSettled(COMPLETED);

      expect(await metrics.render()).toContain('sluice_in_flight_requests 1\n');
    });

    it('ignores token counts that are no counts', async () => {
      const metrics = create();

      settle(metrics, { usage: { input: -5, output: NaN, source: 'upstream' } });

      expect(await metrics.render()).not.toContain('sluice_tokens_total{');
    });
  });

  describe('attemptFailed', () => {
    it('is counted by provider and kind', async () => {
      const metrics = create();

      metrics.attemptFailed('openai', 'upstream_overloaded');
      metrics.attemptFailed('openai', 'upstream_overloaded');

      const text = await metrics.render();
      expect(text).toContain('sluice_upstream_failures_total{provider="openai",kind="upstream_overloaded"} 2');
      expect(text).toContain('sluice_attempts_total{provider="openai",outcome="failed"} 2');
    });
  });

  describe('the label model', () => {
    it('is bounded', async () => {
      const metrics = create({ maxModelLabels: 2 });

      settle(metrics, ...Array.from({ length: 50 }, (_, index) => ({ upstreamModel: `m${index}` })));

      const models = new Set([...(await metrics.render()).matchAll(/model="([^"]*)"/g)].map(([, model]) => model));
      expect(models).toEqual(new Set(['m0', 'm1', 'other']));
    });

    it('is earned by an answer, not by a name that a client made up', async () => {
      const metrics = create({ maxModelLabels: 1 });

      settle(
        metrics,
        { upstreamModel: 'made-up', ending: 'failed' },
        { upstreamModel: 'real' },
        { upstreamModel: 'real', ending: 'failed' },
      );

      const text = await metrics.render();
      expect(text).not.toContain('made-up');
      expect(text).toContain('model="real",status="200",ending="failed"} 1');
    });
  });

  describe('render', () => {
    it('is text of the announced type', async () => {
      const metrics = create();

      expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
      expect(await metrics.render()).toContain('# TYPE sluice_requests_total counter');
    });

    it("holds node's own metrics unless told otherwise", async () => {
      expect(await new GatewayMetrics().render()).toContain('process_resident_memory_bytes ');
      expect(await create().render()).not.toContain('process_resident_memory_bytes');
    });

    it('tells how many log lines were lost', async () => {
      let lost = 3;
      const metrics = create({ lostLogLines: () => lost });
      expect(await metrics.render()).toContain('sluice_log_lines_lost_total 3\n');

      lost = 5;

      expect(await metrics.render()).toContain('sluice_log_lines_lost_total 5\n');
    });

    it('keeps counting right beyond the cached combinations of labels', async () => {
      const metrics = create({ maxModelLabels: 3000 });
      const exchanges = Array.from({ length: 6000 }, (_, index) => ({
        upstreamModel: `m${index % 3000}`,
        status: 200 + (index % 2),
        stream: index < 3000,
      }));

      settle(metrics, ...exchanges, ...exchanges);

      expect(await metrics.render()).toMatch(/sluice_requests_total\{[^}]*model="m7",status="201"[^}]*\} 4\n/);
    });
  });
});

/** The order of labels means nothing. */
function sortLabels(line: string): string {
  return line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join(',')}}`);
}
