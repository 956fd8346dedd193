import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';

const ALLOW_UNAUTHENTICATED = ['server', 'allowUnauthenticated'];
const LOOPBACK_HOST = /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/i;

/** A gate without keys stays shut unless it is told to stand open: forgetting the keys must not open it. */
export function checkAccess(tree: ConfigurationTree): readonly Finding[] {
  const keys = tree.at(['apiKeys']) ?? [];
  if (!Array.isArray(keys) || keys.length > 0 || isOpen(tree)) return [];
  return [
    {
      path: ['apiKeys'],
      message: 'has no key, so nobody could use the gateway',
      fix: 'Declare a key ({ name, key }), or set server.allowUnauthenticated: true to serve anyone without one.',
    },
  ];
}

/** What works as declared and is still worth a look. */
export function findWarnings(tree: ConfigurationTree, host: string): readonly Finding[] {
  if (!isOpen(tree) || LOOPBACK_HOST.test(host)) return [];
  return [
    {
      path: ALLOW_UNAUTHENTICATED,
      message: `is true while the gateway listens on ${host}: everybody who reaches it can spend your accounts`,
      fix: 'Declare apiKeys, or listen on 127.0.0.1.',
    },
  ];
}

function isOpen(tree: ConfigurationTree): boolean {
  return String(tree.at(ALLOW_UNAUTHENTICATED)) === 'true';
}
