const PATH = /^\/v\d+[a-z0-9]*\/models\/(.+):(generateContent|streamGenerateContent)$/;

/** Model and method of a path that generates. */
export function readModelPath(path: string): { readonly model: string; readonly method: string } | undefined {
  const [, model, method] = PATH.exec(path) ?? [];
  return model === undefined || method === undefined ? undefined : { model: decoded(model), method };
}

function decoded(model: string): string {
  try {
    return decodeURIComponent(model);
  } catch {
    return model; // a stray % belongs to the name
  }
}
