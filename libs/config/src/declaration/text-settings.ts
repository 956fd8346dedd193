import { isIP } from 'node:net';
import { z } from 'zod';
import { explainBadUrl } from './explain-bad-url.js';

const GLOB_CHARACTERS = 256;
const NAME_CHARACTERS = 64;

/** Text of at least one character. */
export function text() {
  return z.string().min(1).meta({ type: 'text' });
}

/** A secret as it is sent: no white space at either end, which a header could not carry. */
export function secretText() {
  return z
    .string()
    .min(1)
    .refine((value) => value === value.trim(), 'begins or ends with white space')
    .meta({ type: 'text' });
}

/** The name of an account: it stands before a `/` in model names, in headers and in logs. */
export function accountId() {
  const pattern = new RegExp(`^[A-Za-z0-9][\\w.@+-]{0,${NAME_CHARACTERS - 1}}$`);
  return z
    .string()
    .regex(pattern)
    .meta({
      type: `letters, digits and . _ @ + -, at most ${NAME_CHARACTERS} characters, beginning with a letter or digit`,
    });
}

/** The word before the `/` in `prefix/model`. */
export function modelPrefix() {
  return z
    .string()
    .min(1)
    .max(NAME_CHARACTERS)
    .refine((value) => !value.includes('/'), "must not contain '/': clients write it as prefix/model")
    .refine((value) => !/\s/.test(value), 'must not contain white space')
    .meta({ type: "text without '/' and blanks" });
}

/** A model's name as it stands: what a glob matches, never a glob. */
export function modelName() {
  return z
    .string()
    .min(1)
    .refine((value) => !/[\s*?]/.test(value), 'must be one name: no blanks, no * and no ?')
    .meta({ type: "a model's name" });
}

/** `*` = any run of characters, `?` = exactly one; everything else stands for itself; the whole name must match. */
export function modelGlob() {
  return z
    .string()
    .min(1)
    .max(GLOB_CHARACTERS)
    .refine((value) => !/\s/.test(value), 'is not a glob over model names: it has white space')
    .refine(
      (value) => !value.startsWith('!'),
      "is not a glob over model names: '!' does not exclude, excludeModels does",
    )
    .refine(
      (value) => !/[{}]/.test(value),
      'is not a glob over model names: {a,b} is not known, write one entry for each',
    )
    .meta({ type: 'a glob over model names (* = any characters, ? = one)' });
}

/** @param schemes without colon; @param words values that are allowed beside a URL */
export function urlText(schemes: readonly string[], words: readonly string[] = []) {
  const urls = schemes.map((scheme) => `${scheme}://…`);
  return z
    .string()
    .superRefine((value, context) => {
      if (words.includes(value)) return;
      const message = explainBadUrl(value, schemes);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .meta({ type: [...words, ...urls].join(' | ') });
}

/** An outbound proxy, or `direct` for none. */
export function proxyUrl() {
  return urlText(['http', 'https', 'socks5', 'socks5h'], ['direct']).optional();
}

/** `scheme://host[:port]`, as a browser sends it in `Origin`. */
export function corsOrigin() {
  return z
    .string()
    .refine((value) => URL.canParse(value) && new URL(value).origin === value, 'is not an origin')
    .meta({ type: 'scheme://host or scheme://host:port, lower case, without a path' });
}

/** An IPv4 or IPv6 address, or a CIDR block of them. */
export function addressBlock() {
  return z
    .string()
    .refine(isAddressBlock, 'is not an address or a CIDR block')
    .meta({ type: 'an IP address or a block such as 10.0.0.0/8' });
}

function isAddressBlock(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
