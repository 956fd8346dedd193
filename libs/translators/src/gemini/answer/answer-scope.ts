import type { CanonicalRequest, FormatId } from '@sluice/core';
import { textMember, UniqueIds, type SpellingMap, type TranslationContext } from '@sluice/translator-kit';
import { FORMAT } from '../carried.js';
import { inventCallId } from '../part/call-id.js';
import type { PartScope } from '../part/part-scope.js';
import { toolNamesOf } from '../request/request-scope.js';

/** Formats of clients that keep a proof at reasoning only; with nothing shown it stands alone. */
const PROOFS_AT_REASONING: ReadonlySet<FormatId> = new Set(['anthropic-messages', 'openai-responses']);

/**
 * How the parts of one answer are read: names get the client's spelling back, every call an id of its own, and whatever is
 * signed was signed by `model`.
 */
export function answerScope(request: CanonicalRequest, context: TranslationContext, model: string): PartScope {
  const { requestId, clientFormat } = context;
  const ids = new UniqueIds();
  let names: SpellingMap | undefined;
  let serverTools = 0;
  return {
    movesCallProofs: clientFormat !== undefined && PROOFS_AT_REASONING.has(clientFormat),
    signed: (value) => ({ family: FORMAT, value, model }),
    identify: (call) => {
      names ??= toolNamesOf(request);
      const id = textMember(call, 'id') ?? inventCallId([requestId, ids.count]);
      return { id: ids.take(id), name: names.toOriginal(textMember(call, 'name') ?? '') };
    },
    inventServerId: () => inventCallId([requestId, 'server', serverTools++]),
  };
}
