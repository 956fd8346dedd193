import type { DialectSettings } from './dialect-settings.js';
import { DIALECTS, type DialectName } from './dialects.js';

/** The settings with what is known of their dialect; what the account says itself wins. */
export function withDialect<Settings extends DialectSettings & { readonly dialect?: DialectName | undefined }>(
  settings: Settings,
): Settings {
  const { dialect } = settings;
  return dialect === undefined ? settings : { ...DIALECTS[dialect].settings, ...settings };
}
