import type { JsonObject } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

/**
 * A citation with the address that it names, where other formats look for one; a citation of a document stays as it is.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html
 */
export function withCitedAddress(citation: JsonObject): JsonObject {
  const url = textMember(objectMember(objectMember(citation, 'location'), 'web'), 'url');
  return url === undefined ? citation : { ...citation, url };
}
