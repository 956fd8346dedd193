const SEPARATOR = '__';

/** A name that is the tool's own among the tools of all namespaces. */
export function qualifiedName(name: string, namespace: string | undefined): string {
  return namespace === undefined ? name : namespace + SEPARATOR + name;
}
