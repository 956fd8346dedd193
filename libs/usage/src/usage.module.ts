import { Global, Module } from '@nestjs/common';
import { AdmissionControl, UnlimitedAdmission } from './admission.js';
import { DiscardingUsageRecorder, UsageRecorder } from './usage-recorder.js';

/** Binds both ports to the adapters that do nothing. An app with real ones imports their modules instead of this one. */
@Global()
@Module({
  providers: [
    { provide: AdmissionControl, useFactory: () => new UnlimitedAdmission() },
    { provide: UsageRecorder, useFactory: () => new DiscardingUsageRecorder() },
  ],
  exports: [AdmissionControl, UsageRecorder],
})
export class UsageModule {}
