import type { JsonObject, MediaBlock } from '@sluice/core';

const TYPE = /^image\/([a-z0-9]+)/;

/** A picture that the model made: the format knows no other than those of its own tool. */
export function imageItem({ source, mediaType }: Pick<MediaBlock, 'source' | 'mediaType'>, id: string): JsonObject {
  const [, format] = TYPE.exec(mediaType ?? '') ?? [];
  return {
    id,
    type: 'image_generation_call',
    status: 'completed',
    ...(format !== undefined && { output_format: format }),
    result: source.value,
  };
}
