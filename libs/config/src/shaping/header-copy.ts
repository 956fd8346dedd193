const COPY = /^\$([A-Za-z][\w-]*)$/;

/** The client's header, in lower case, that a value `$Name` stands for; undefined = the value is meant as it is. */
export function copiedName(value: string): string | undefined {
  return COPY.exec(value)?.[1]?.toLowerCase();
}
