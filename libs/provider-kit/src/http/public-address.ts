import { BlockList, isIP } from 'node:net';

/** What is not the public internet. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, and the metadata service of most clouds
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32', // Azure's platform service, which only looks public
];

/** All that is public; everything else (loopback, unique local, link-local, mapped and translated IPv4) is not. */
const GLOBAL_IPV6 = '2000::/3';
/** Inside it, but not public, or a tunnel to any IPv4. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const FORBIDDEN = listOf([...SPECIAL_IPV4, ...SPECIAL_IPV6]);
const GLOBAL = listOf([GLOBAL_IPV6]);

/** Whether an address is one of the public internet. A host name is none, and neither is an address with a zone. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !FORBIDDEN.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && GLOBAL.check(address, 'ipv6') && !FORBIDDEN.check(address, 'ipv6');
    default:
      return false;
  }
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', prefix = ''] = block.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
