/** What was said on the command line of `verify` -> what the verifier works with; every mistake with the way out. */
import { isIP } from 'node:net';
import type { CapabilityStatement } from '../../contracts/records/capabilities.ts';
import { rules } from '../../contracts/rules/catalogue.ts';
import type { Known } from '../../contracts/verify/credentials.ts';
import type { Budget } from '../../contracts/verify/sender.ts';
import { WrongUse } from '../terminal.ts';

export interface VerifyCommandOptions {
  readonly capabilities?: string;
  readonly callbackUrl?: string;
  readonly listen?: string;
  readonly auth?: string;
  readonly callbackSecretFrom?: string;
  readonly only?: string;
  readonly plan?: boolean;
  readonly seed?: string;
  readonly budget?: string;
  readonly allowDelete?: boolean;
  readonly restartCommand?: string;
  readonly waivers?: string;
  readonly out?: string;
}

/** Without a slash at the end. */
export function targetOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new WrongUse(
      `"${text}" is no URL. Give where the API starts, such as http://vendor.example/tmf-api/serviceOrdering/v4`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new WrongUse(`${text}: http or https, please.`);
  if (url.username !== '' || url.password !== '')
    throw new WrongUse('Give credentials with --auth, not in the URL: reports would show them.');
  if (url.search !== '' || url.hash !== '') throw new WrongUse(`${text}: without a query, and without "#".`);
  return text.replace(/\/+$/, '').replace(/\/(?:serviceOrder|hub|cancelServiceOrder)$/, '');
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}

/** `bearer=TOKEN`, `basic=USER:PASSWORD`, `apiKey=KEY`, `oauth2=CLIENT_ID:CLIENT_SECRET`: names of variables, not values. */
export function knownCredentials(
  text: string | undefined,
  statement: CapabilityStatement,
  environment: { readonly [name: string]: string | undefined },
): Known | undefined {
  if (text === undefined) return undefined;
  const [, scheme = '', first = '', second = ''] = /^(\w+)=([^:]+)(?::(.+))?$/.exec(text) ?? [];
  const value = (name: string): string => {
    const found = environment[name];
    if (found === undefined || found === '')
      throw new WrongUse(`--auth ${text}: there is no variable ${name} in the environment.`);
    return found;
  };
  switch (scheme) {
    case 'bearer':
      return { scheme, token: value(first) };
    case 'basic':
      return { scheme, user: value(first), password: value(second) };
    case 'apiKey':
      return {
        scheme,
        header: (statement.auth?.scheme === 'apiKey' ? statement.auth.header : undefined) ?? 'x-api-key',
        key: value(first),
      };
    case 'oauth2':
      if (statement.auth?.scheme !== 'oauth2')
        throw new WrongUse(
          '--auth oauth2=... needs auth: { scheme: oauth2, tokenUrl: ... } in the capability statement.',
        );
      return { scheme, clientId: value(first), clientSecret: value(second) };
    default:
      throw new WrongUse(
        '--auth takes bearer=TOKEN, basic=USER:PASSWORD, apiKey=KEY or oauth2=CLIENT_ID:CLIENT_SECRET, each the name of a variable of the environment.',
      );
  }
}

/** `orders=40,requests=500,perSecond=10` */
export function budgetOf(text: string | undefined): Partial<Budget> {
  if (text === undefined) return {};
  const entries = text.split(',').map((part) => {
    const [, name = '', amount = ''] = /^(orders|requests|perSecond)=(\d+)$/.exec(part.trim()) ?? [];
    if (name === '' || Number(amount) === 0)
      throw new WrongUse(
        `--budget "${part}": give orders=N, requests=N or perSecond=N, separated by commas, each above 0.`,
      );
    return [name, Number(amount)];
  });
  return Object.fromEntries(entries);
}

export function onlyRules(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const wanted = text.split(',').map((id) => id.trim());
  const unknown = wanted.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length === 0) return wanted;
  throw new WrongUse(`There is no rule ${unknown.join(', ')}. The rules are ${rules.map(({ id }) => id).join(', ')}.`);
}

/** `host:port`, or a port alone. */
export function listenAt(text: string | undefined, isPublic: boolean): { host: string; port: number } {
  if (text === undefined) return { host: isPublic ? '0.0.0.0' : '127.0.0.1', port: 0 };
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) throw new WrongUse(`--listen "${text}": give a port, or host:port.`);
  return { host, port: Number(port) };
}
