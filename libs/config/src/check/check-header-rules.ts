import { CREDENTIAL_HEADERS, HEADER_NAME, OWN_HEADERS, TRANSPORT_HEADERS } from '../declaration/header-names.js';
import { isMapping, type Path } from '../path.js';
import { copiedName } from '../shaping/header-copy.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';

const NO_CREDENTIAL = 'Credentials belong to the account of the vendor: its apiKey or its headers.';
const NOT_FORWARDED = 'Remove it: it stays between the client and the gateway.';

/** Checks which headers of clients reach vendors, by rules and by copies (`$Name`). Tolerates what the schema refuses. */
export function checkHeaderRules(tree: ConfigurationTree): readonly Finding[] {
  const accounts = tree
    .mappingsOf('accounts')
    .flatMap(({ index, item }) => checkCopies(['accounts', index, 'headers'], item['headers']));
  const rules = tree.mappingsOf('headerRules').flatMap(({ index, item }) => {
    const path = ['headerRules', index];
    return [
      ...namesIn([...path, 'allow'], item['allow']).flatMap(checkForwarded),
      ...namesIn([...path, 'remove'], item['remove']).flatMap(checkName),
      ...checkSet([...path, 'set'], item['set']),
      ...checkCopies([...path, 'set'], item['set']),
    ];
  });
  return [...accounts, ...rules];
}

interface NameAt {
  readonly path: Path;
  readonly name: string;
}

function namesIn(path: Path, list: unknown): readonly NameAt[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((name: unknown, index) => (typeof name === 'string' ? [{ path: [...path, index], name }] : []));
}

function checkForwarded({ path, name }: NameAt): readonly Finding[] {
  const message = explainForwarded(name.toLowerCase());
  return message === undefined ? checkName({ path, name }) : [{ path, message, fix: NOT_FORWARDED }];
}

function checkName({ path, name }: NameAt): readonly Finding[] {
  return HEADER_NAME.test(name) ? [] : [{ path, message: 'is not the name of a header' }];
}

function checkSet(path: Path, headers: unknown): readonly Finding[] {
  if (!isMapping(headers)) return [];
  return Object.keys(headers)
    .filter((name) => CREDENTIAL_HEADERS.has(name.toLowerCase()))
    .map((name) => ({ path: [...path, name], message: 'is a credential, which no rule sets', fix: NO_CREDENTIAL }));
}

function checkCopies(path: Path, headers: unknown): readonly Finding[] {
  if (!isMapping(headers)) return [];
  return Object.entries(headers).flatMap(([name, value]) => {
    const from = typeof value === 'string' ? copiedName(value) : undefined;
    const reason = from === undefined ? undefined : explainForwarded(from);
    if (reason === undefined) return [];
    return [{ path: [...path, name], message: `copies the client's ${from}, which ${reason}`, fix: NOT_FORWARDED }];
  });
}

/** Why a client's header never reaches a vendor; undefined = it may. */
function explainForwarded(name: string): string | undefined {
  if (CREDENTIAL_HEADERS.has(name)) return "is the client's credential for the gateway and is never forwarded";
  if (TRANSPORT_HEADERS.has(name)) return 'belongs to the connection and is never forwarded';
  return OWN_HEADERS.has(name) ? 'is set for every call to a vendor and is never forwarded' : undefined;
}
