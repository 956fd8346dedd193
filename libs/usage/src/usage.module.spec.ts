import { Test } from '@nestjs/testing';
import { AdmissionControl } from './admission.js';
import { UsageModule } from './usage.module.js';
import type { UsageRecord } from './usage-record.js';
import { UsageRecorder } from './usage-recorder.js';

const RECORD: UsageRecord = {
  requestId: 'r1',
  principalId: undefined,
  clientFormat: 'openai-chat',
  requestedModel: 'demo',
  upstreamModel: undefined,
  provider: undefined,
  accountId: undefined,
  ending: 'failed',
  status: 404,
  errorKind: 'model_not_found',
  finishReason: undefined,
  usage: undefined,
  startedAtMs: 0,
  durationMs: 1,
};

describe('UsageModule', () => {
  it('lets everybody in and keeps nothing, at once', async () => {
    const app = await Test.createTestingModule({ imports: [UsageModule] }).compile();
    const request = { requestId: 'r1', principalId: undefined, model: 'demo', bodyBytes: 2, nowMs: 0 };

    const admission = app.get(AdmissionControl).admit(request);

    expect(admission).not.toBeInstanceOf(Promise);
    expect(admission).toMatchObject({ settle: expect.any(Function) });
    expect(() => app.get(UsageRecorder).record(RECORD)).not.toThrow();
  });
});
