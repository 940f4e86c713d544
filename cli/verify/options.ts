/** What was said on the command line of `verify` -> what the verifier works with; every mistake with the way out. */
import type { CapabilityStatement } from '../../contracts/records/capabilities.ts';
import { rules } from '../../contracts/rules/catalogue.ts';
import type { Waiver } from '../../contracts/rules/findings.ts';
import type { Known } from '../../contracts/verify/credentials.ts';
import { readStatement, readWaivers } from '../../contracts/verify/files.ts';
import { type Budget, usualBudget } from '../../contracts/verify/sender.ts';
import { readContent } from '../../scenarios/files.ts';
import { WrongUse } from '../terminal.ts';
import { listenerPlace, type Place } from './listening.ts';
import { assertFolder } from './reports.ts';
import { restarter } from './restart.ts';

export interface VerifyCommandOptions {
  readonly capabilities?: string;
  readonly callbackUrl?: string;
  readonly listen?: string;
  readonly untrustedCallbackUrl?: string;
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

/** Everything that was asked for, with nothing left that could be wrong with it. */
export interface Wanted {
  readonly target: string;
  readonly statement: CapabilityStatement;
  readonly waivers: readonly Waiver[];
  readonly only: readonly string[] | undefined;
  readonly budget: Budget;
  readonly place: Place;
  readonly known: Known | undefined;
  readonly callbackSecret: string | undefined;
  readonly mayDelete: boolean;
  readonly restart: (() => Promise<void>) | undefined;
}

type Environment = { readonly [name: string]: string | undefined };

/** Every mistake is told here: not after a minute, and with nothing sent. */
export function wantedOf(url: string, options: VerifyCommandOptions, environment: Environment): Wanted {
  const target = targetOf(url);
  const statement = options.capabilities === undefined ? {} : readContent(options.capabilities, readStatement);
  const wanted = {
    target,
    statement,
    waivers: options.waivers === undefined ? [] : readContent(options.waivers, readWaivers),
    only: onlyRules(options.only),
    budget: budgetOf(options.budget, statement),
    place: listenerPlace(target, options, statement),
    mayDelete: options.allowDelete ?? false,
    restart: restarter(options.restartCommand),
  };
  // A plan needs neither secrets nor a folder.
  if (options.plan === true) return { ...wanted, known: undefined, callbackSecret: undefined };
  const known = knownCredentials(options.auth, statement, environment);
  const callbackSecret = secretOf(options, statement, environment);
  if (options.out !== undefined) assertFolder(options.out);
  return { ...wanted, known, callbackSecret };
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

/** `bearer=TOKEN`, `basic=USER:PASSWORD`, `apiKey=KEY`, `oauth2=CLIENT_ID:CLIENT_SECRET`: names of variables, not values. */
export function knownCredentials(
  text: string | undefined,
  statement: CapabilityStatement,
  environment: Environment,
): Known | undefined {
  if (text === undefined) {
    if (statement.auth === undefined) return undefined;
    throw new WrongUse(
      `The capability statement says that the vendor asks for credentials (${statement.auth.scheme}). Give them with --auth.`,
    );
  }
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

/** What callbacks carry, and where: neither is of use without the other. */
function secretOf(
  { callbackSecretFrom: name }: VerifyCommandOptions,
  { events }: CapabilityStatement,
  environment: Environment,
): string | undefined {
  const header = events?.credentialsHeader;
  if (name === undefined && header === undefined) return undefined;
  if (name === undefined)
    throw new WrongUse(
      `The capability statement says that callbacks carry a secret in ${header}. Give the name of a variable that has it with --callback-secret-from.`,
    );
  if (header === undefined)
    throw new WrongUse(
      '--callback-secret-from needs the header that carries it in the capability statement: events: { credentialsHeader: ... }',
    );
  const secret = environment[name];
  if (secret === undefined || secret === '')
    throw new WrongUse(`--callback-secret-from: there is no variable ${name} in the environment.`);
  return secret;
}

/** `orders=40,requests=500,perSecond=10`. Orders of a load that is declared come on top of the usual ones. */
function budgetOf(text: string | undefined, { load }: CapabilityStatement): Budget {
  const usual = { ...usualBudget, orders: usualBudget.orders + (load?.orders ?? 0) };
  if (text === undefined) return usual;
  const entries = text.split(',').map((part) => {
    const [, name = '', amount = ''] = /^(orders|requests|perSecond)=(\d+)$/.exec(part.trim()) ?? [];
    if (name === '' || Number(amount) === 0)
      throw new WrongUse(
        `--budget "${part}": give orders=N, requests=N or perSecond=N, separated by commas, each above 0.`,
      );
    return [name, Number(amount)];
  });
  return { ...usual, ...Object.fromEntries(entries) };
}

function onlyRules(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const wanted = text.split(',').map((id) => id.trim());
  const unknown = wanted.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length === 0) return wanted;
  throw new WrongUse(`There is no rule ${unknown.join(', ')}. The rules are ${rules.map(({ id }) => id).join(', ')}.`);
}
