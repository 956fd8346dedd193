export { CAMPAIGNS, type CampaignId, type Cell, type FuzzInput } from './cells/cell.js';
export { formatsOf } from './cells/formats.js';
export { makeCells } from './cells/make-cells.js';
export { loadCorpus } from './corpus/load-corpus.js';
export { FuzzFault } from './fuzz-fault.js';
export { fuzz, type FuzzRun } from './run/fuzz.js';
