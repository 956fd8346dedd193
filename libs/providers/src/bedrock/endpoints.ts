import type { BedrockSettings } from './settings.js';

const CHINA = /^cn-/;

/** Characters that `encodeURIComponent` leaves and AWS wants encoded. */
const LEFT_BARE = /[!'()*]/g;

/** The base of inference. @see https://docs.aws.amazon.com/general/latest/gr/bedrock.html */
export function runtimeBase({ baseUrl, region }: BedrockSettings): string {
  return baseUrl ?? `https://bedrock-runtime.${region}.${domainOf(region)}`;
}

/** The base of the operations beside inference. */
export function controlBase({ controlUrl, region }: BedrockSettings): string {
  return controlUrl ?? `https://bedrock.${region}.${domainOf(region)}`;
}

/** The path of a call. Ids, inference profiles and ARNs are one segment: `:` and `/` are encoded. */
export function conversePath(model: string, stream: boolean): string {
  const segment = encodeURIComponent(model).replace(
    LEFT_BARE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `/model/${segment}/${stream ? 'converse-stream' : 'converse'}`;
}

function domainOf(region: string): string {
  return CHINA.test(region) ? 'amazonaws.com.cn' : 'amazonaws.com';
}
