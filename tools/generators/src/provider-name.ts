/** `acme-cloud`: letters and digits in words, as folders and ids are written. */
const PROVIDER_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** What a provider is called in the places where it is named. */
export interface ProviderName {
  /** `acme-cloud`: in configurations, folders and files. */
  readonly id: string;
  /** `AcmeCloud`: at the front of its classes. */
  readonly className: string;
  /** `Acme Cloud`: for people. */
  readonly displayName: string;
}

/** @throws Error when the id could not be a folder and the front of a class name */
export function nameProvider(id: string): ProviderName {
  if (!PROVIDER_ID.test(id)) {
    throw new Error(`"${id}" is no provider id: lower-case words joined by '-', as in acme-cloud.`);
  }
  const words = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { id, className: words.join(''), displayName: words.join(' ') };
}
