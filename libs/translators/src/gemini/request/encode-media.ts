import type { JsonObject, MediaBlock } from '@sluice/core';
import { objectMember, restoreMembers } from '@sluice/translator-kit';
import { carriedBy, without } from '../carried.js';
import { isGoogleFile } from '../part/decode-media.js';
import { mediaTypeOf } from '../part/media-type.js';
import type { RequestScope } from './request-scope.js';

const NESTED = ['inlineData', 'fileData'];

/**
 * Media as a part; undefined for a file that another vendor holds. Google fetches addresses itself.
 * @see https://ai.google.dev/gemini-api/docs/file-input-methods
 */
export function encodeMedia(block: MediaBlock, path: string, scope: RequestScope): JsonObject | undefined {
  const { source, title } = block;
  if (source.kind === 'file-id' && !isGoogleFile(source.value)) {
    scope.dropped(path, 'Google cannot read a file that another vendor holds; send its content or an address.');
    return undefined;
  }
  const carried = carriedBy(block);
  const { mediaType, isGuess } = mediaTypeOf(block);
  const isInline = source.kind === 'base64';
  const hasNoType = !isInline && isGuess && block.type === 'document';
  if (isGuess && !hasNoType)
    scope.approximated(path, `Nothing says what kind of ${block.type} this is; Google is told ${mediaType}.`);
  const described = { ...(!hasNoType && { mimeType: mediaType }), ...(title !== undefined && { displayName: title }) };
  const rest = without(carried, NESTED);
  if (isInline) {
    return {
      inlineData: restoreMembers({ ...described, data: source.value }, objectMember(carried, 'inlineData')),
      ...rest,
    };
  }
  return {
    fileData: restoreMembers({ ...described, fileUri: source.value }, objectMember(carried, 'fileData')),
    ...rest,
  };
}
