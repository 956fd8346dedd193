export type { ConformanceCase, TestRunner } from './conformance-case.js';
export { describeProviderConformance } from './describe-provider-conformance.js';
export {
  replay,
  resetAfterFirstChunk,
  ScriptedVendor,
  silence,
  stallAfterFirstChunk,
  type ScriptedReply,
  type SeenRequest,
  type VendorScript,
} from './scripted-vendor.js';
