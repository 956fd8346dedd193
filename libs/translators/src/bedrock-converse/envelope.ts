import { invalidRequest, type Envelope } from '@sluice/translator-kit';

const PATH = /^(.*\/model\/)([^/]+)\/(converse|converse-stream)$/;

/** Characters that `encodeURIComponent` leaves and AWS wants encoded. */
const LEFT_BARE = /[!'()*]/g;

/** The path of a call. Ids, inference profiles and ARNs stand in it as one segment: `:` and `/` are encoded. */
export function conversePath(model: string, stream: boolean): string {
  return `/model/${encodeSegment(model)}/${stream ? 'converse-stream' : 'converse'}`;
}

/** Model and kind of answer stand in the path; the body knows neither. */
export const envelope: Envelope = {
  read({ path }) {
    const [, , segment = '', operation] = PATH.exec(path) ?? [];
    const model = decodeSegment(segment);
    if (model === undefined || model === '') {
      throw invalidRequest('The path must be /model/{modelId}/converse or /model/{modelId}/converse-stream.');
    }
    return { model, stream: operation === 'converse-stream' };
  },

  withModel(call, model) {
    const [, before = '', segment = '', operation = ''] = PATH.exec(call.path) ?? [];
    if (operation === '' || decodeSegment(segment) === model) return call;
    return { ...call, path: `${before}${encodeSegment(model)}/${operation}` };
  },
};

function encodeSegment(model: string): string {
  return encodeURIComponent(model).replace(
    LEFT_BARE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined; // a stray percent sign
  }
}
