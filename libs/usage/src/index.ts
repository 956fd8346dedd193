export { type Admission, AdmissionControl, type AdmissionRequest, UnlimitedAdmission } from './admission.js';
export { completeUsage, type Observed } from './tokens/complete-usage.js';
export { guessBodyTokens } from './tokens/guess-body-tokens.js';
export { ThreadTokenCounter } from './tokens/thread-token-counter.js';
export { TokenCounter } from './tokens/token-counter.js';
export { TokenEstimate } from './tokens/token-estimate.js';
export { UsageModule } from './usage.module.js';
export type { ExchangeEnding, UsageRecord } from './usage-record.js';
export { DiscardingUsageRecorder, UsageRecorder } from './usage-recorder.js';
