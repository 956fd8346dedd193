export { type Admission, AdmissionControl, type AdmissionRequest, UnlimitedAdmission } from './admission.js';
export { UsageModule } from './usage.module.js';
export type { ExchangeEnding, UsageRecord } from './usage-record.js';
export { DiscardingUsageRecorder, UsageRecorder } from './usage-recorder.js';
