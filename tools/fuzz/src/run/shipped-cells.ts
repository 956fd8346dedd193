import { PLUGIN_MODULES } from '@sluice/distribution';
import type { CampaignId, Cell } from '../cells/cell.js';
import { formatsOf } from '../cells/formats.js';
import { makeCells } from '../cells/make-cells.js';
import { loadCorpus } from '../corpus/load-corpus.js';

/**
 * The cells of every format that we ship.
 * @param root the workspace's root, where the samples lie
 * @param only one campaign; absent = all
 */
export function shippedCells(root: string, only?: CampaignId): readonly Cell[] {
  const formats = formatsOf(PLUGIN_MODULES);
  const corpus = loadCorpus(
    root,
    formats.map(({ id }) => id),
  );
  return makeCells(formats, corpus).filter(({ campaign }) => only === undefined || campaign === only);
}
