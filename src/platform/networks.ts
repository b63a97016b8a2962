import { BlockList, isIP } from 'node:net';

/** Addresses that are this machine's own. */
export const loopback: readonly string[] = ['127.0.0.0/8', '::1/128'];

/**
 * Addresses that are nobody's on the internet: this machine's, private, link-local (among them the metadata services of
 * clouds), shared, reserved, for documentation and measuring, multicast (RFC 6890, RFC 4193, RFC 4291), and those of
 * IPv6 that stand for one of IPv4 (RFC 6052, RFC 3056, RFC 4380).
 */
const notPublic = readNetworks([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', '::1/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
]);

/** Networks as a list that addresses can be looked up in. Throws where one is no network: check with `isNetwork`. */
export function readNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = familyOf(address);
    list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  }
  return list;
}

/** Whether a text is a network, `10.20.0.0/16`, or an address. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** Whether an address is on the internet, where anybody's may be, and not in a network of one's own. */
export function isPublic(address: string): boolean {
  return isIP(address) !== 0 && !isIn(notPublic, address);
}

/** Whether an address is in one of the networks of a list; one of IPv4 also in the clothes of IPv6. */
export function isIn(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
