export { atEvery, BYTE_CUTS, byteCuts, insideUtf8, oneByte, random, whole, type ByteCut } from './byte-cuts.js';
export { FakeClock } from './fake-clock.js';
export { findFixturesDirectory } from './fixtures-directory.js';
export {
  loadRecordings,
  missingRecordingsNotice,
  RECORDING_COUNTS,
  type RecordedFormat,
  type Recording,
  type RecordingPlace,
} from './recordings.js';
export { seededRandom, type RandomSource } from './seeded-random.js';
export { sendRaw, type RawCall, type RawReply } from './send-raw.js';
export {
  SSE_REWIRINGS,
  withBom,
  withComments,
  withCr,
  withCrLf,
  withoutSpaceAfterColon,
  type SseRewiring,
} from './sse-rewirings.js';
