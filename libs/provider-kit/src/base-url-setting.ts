import { z } from 'zod';

/** The setting that says where a vendor is: http or https, without user, query or fragment. */
export function baseUrlSetting(): z.ZodString {
  return z.string().refine(isBaseUrl, {
    error: 'must be an http or https URL without user name, query or fragment',
  });
}

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return (
    (protocol === 'http:' || protocol === 'https:') && [username, password, search, hash].every((part) => part === '')
  );
}
