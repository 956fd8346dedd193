import {
  FormatRegistry,
  wireFormatOf,
  type TranslatedClient,
  type TranslatedUpstream,
  type WireFormat,
} from '@sluice/translator-kit';

/** The formats of a list of plug-in modules; modules that bring none are passed over. */
export function formatsOf(modules: readonly unknown[]): readonly WireFormat[] {
  const formats = modules.map(wireFormatOf).filter((format) => format !== undefined);
  const registry = new FormatRegistry(formats);
  return registry.ids.map((id) => registry.get(id));
}

export function translatedClients(formats: readonly WireFormat[]): readonly TranslatedClient[] {
  return formats.filter((format): format is TranslatedClient => format.client?.translation !== undefined);
}

export function translatedUpstreams(formats: readonly WireFormat[]): readonly TranslatedUpstream[] {
  return formats.filter((format): format is TranslatedUpstream => format.upstream?.translation !== undefined);
}
