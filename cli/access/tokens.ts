/** The options about tokens: who may call the order management that stands here, and what is shown to another. */
import { isIP } from 'node:net';
import { type AccessToken, type Environment, readTokens } from '../../engine/index.ts';
import { readContent } from '../../scenarios/files.ts';
import { WrongUse } from '../terminal.ts';

export interface AccessOptions {
  /** A file that names the tokens. */
  readonly auth?: string;
  readonly insecure?: boolean;
}

/**
 * The tokens that are asked for; `undefined` where everybody may come in, which others than this machine may only when that is
 * said.
 * @param host where it is to listen.
 */
export function tokensWanted(
  { auth, insecure = false }: AccessOptions,
  host: string,
  environment: Environment,
): readonly AccessToken[] | undefined {
  if (auth !== undefined && insecure) throw new WrongUse('--auth and --insecure exclude each other: leave one out.');
  if (auth !== undefined) return readContent(auth, (document) => readTokens(document, environment));
  if (insecure || isLoopback(host)) return undefined;
  throw new WrongUse(
    `On ${host} others than this machine could place and change orders. Say with --auth tokens.yaml who may (docs/access.md), listen on 127.0.0.1, or take the risk with --insecure.`,
  );
}

/** Only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The token in the variable of that name; an error that names the option when there is none. */
export function tokenFrom(option: string, name: string, environment: Environment): string {
  const token = environment[name] ?? '';
  if (token === '') throw new WrongUse(`${option} ${name}: there is no variable ${name} in the environment.`);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new WrongUse(`${option} ${name}: what ${name} holds is no token; perhaps there is a line break at its end.`);
}
