import { isIP } from 'node:net';

/** A DNS server that can be asked. */
export type DnsServer = {
  /** What people call it: a name that the operator gave, or its address as it was written. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
};

const PORT = 53;
const inBrackets = /^\[([^\]]+)\](?::(\d{1,5}))?$/;
const withPort = /^([^:]+):(\d{1,5})$/;

const addressOf = (text: string): Omit<DnsServer, 'name'> | undefined => {
  const [, address = text, port] = inBrackets.exec(text) ?? withPort.exec(text) ?? [];
  const number = port === undefined ? PORT : Number(port);
  return isIP(address) === 0 || number === 0 || number > 65_535
    ? undefined
    : { address, port: number };
};

/** `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`, each with `NAME=` before it when people shall call it so. */
export const readServer = (text: string): DnsServer | undefined => {
  const [, name, at = text] = /^([\w.-]{1,32})=(.*)$/.exec(text) ?? [];
  const found = addressOf(at);
  return found && { name: name ?? at, ...found };
};

/** Those of several texts that are a server each. */
export const readServers = (texts: readonly string[]): readonly DnsServer[] =>
  texts.flatMap((text) => readServer(text) ?? []);
