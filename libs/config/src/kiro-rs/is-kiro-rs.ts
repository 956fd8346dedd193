import { isMapping } from '../path.js';

/** The sections of our own configuration that a `config.json` of kiro-rs cannot have. */
const OWN_SECTIONS = ['server', 'apiKeys', 'accounts', 'models'];
/** What kiro-rs needs, or nearly always has. */
const TELLING_MEMBERS = ['apiKey', 'region'];

/** Whether a configuration is the `config.json` of kiro-rs: told by its shape, because any file may have any name. */
export function isKiroRs(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isMapping(value)) return false;
  const has = (name: string): boolean => value[name] !== undefined;
  return TELLING_MEMBERS.some(has) && !OWN_SECTIONS.some(has);
}
