/** HTTP headers as node and undici give them: lower-case names; several values only where the header came several times. */
export type WireHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The first value of a header, or undefined. `name` is lower case. */
export function headerValue(headers: WireHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value[0] : value;
}
