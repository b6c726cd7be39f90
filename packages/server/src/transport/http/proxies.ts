import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Says whose word about addresses is believed: of the proxies the operator named, and of nobody else. Who has hung up has no address. */
export type Trusts = (address: string | undefined) => boolean;

/** From the setting: addresses or networks (`10.0.0.0/8`), separated by commas. Throws for what is neither. */
export function trustsOf(setting: string): Trusts {
  const list = new BlockList();
  for (const part of setting.split(',').map((one) => one.trim())) {
    if (part !== '') add(list, part);
  }
  return (address = '') => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function add(list: BlockList, part: string): void {
  const [address = '', bits] = part.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}

/** Who sends a request, the same that Fastify takes, for upgrades that pass it by: the nearest address not trusted. */
export function addressOf(request: IncomingMessage, trusts: Trusts): string {
  const told = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const chain = [request.socket.remoteAddress ?? '', ...told.map((one) => one.trim()).toReversed()];
  const known = chain.filter((one) => one !== '');
  return known.find((one) => !trusts(one)) ?? known.at(-1) ?? '';
}
