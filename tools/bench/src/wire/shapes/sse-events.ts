/** An event without a name. */
export function dataEvent(payload: object | string): Buffer {
  return Buffer.from(`data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`);
}

/** An event that is named like the type in its payload. */
export function typedEvent(payload: { readonly type: string } & Readonly<Record<string, unknown>>): Buffer {
  return Buffer.concat([Buffer.from(`event: ${payload.type}\n`), dataEvent(payload)]);
}
