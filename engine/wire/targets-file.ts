/** Targets as people write them -> targets as the engine uses them, their secrets taken from the environment. */
import { type Finding, pointerTo, shown } from '../../contracts/schemas/finding.ts';
import targetsSchema from '../../contracts/schemas/targets.schema.json' with { type: 'json' };
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import { checkOfSchema } from '../../contracts/schemas/validator.ts';
import type { ItemReport } from '../model/inputs.ts';
import type { Action } from '../model/order.ts';
import {
  type Auth,
  type DialectName,
  type Headers,
  type OrderDialectName,
  type Reporting,
  Secret,
  type Target,
  type WireWords,
} from '../model/target.ts';
import type { ReadFile } from './catalogue-file.ts';
import { inventoryDialects, isInventoryDialect } from './qualification/inventory-dialects.ts';
import {
  type InventoryInFile,
  inventoryIn,
  inventoryWordsOfOrders,
  orderWordsOfInventory,
} from './qualification/inventory-target.ts';
import { dialects } from './south/dialects.ts';

/** The variables of the environment, by name. */
export type Environment = { readonly [name: string]: string | undefined };

interface TargetInFile extends InventoryInFile {
  readonly url: string;
  readonly dialect?: DialectName;
  readonly reporting?: 'events' | 'callback' | { readonly poll: string };
  readonly auth?: AuthInFile;
  readonly headers?: { readonly [name: string]: TextInFile };
  readonly requestTimeout?: string;
  readonly concurrency?: number;
  readonly states?: { readonly [state: string]: ItemReport['state'] };
  readonly actions?: { readonly [action in Action]?: string };
  readonly falloutPhrase?: string;
}

interface SecretInFile {
  readonly env: string;
}

type TextInFile = string | SecretInFile;

interface AuthInFile {
  readonly basic?: { readonly user: TextInFile; readonly password: SecretInFile };
  readonly bearer?: SecretInFile;
  readonly apiKey?: { readonly header: string; readonly key: SecretInFile };
  readonly oauth2?: {
    readonly tokenUrl: string;
    readonly clientId: TextInFile;
    readonly clientSecret: SecretInFile;
    readonly scope?: string;
    readonly clientAuthentication?: 'basic' | 'post';
  };
}

/** Where one target of a file is read: what it may look up, and where it puts what is wrong. */
interface Reading {
  readonly environment: Environment;
  readonly findings: Finding[];
}

const checkFile = checkOfSchema(targetsSchema);

/**
 * @param file what the YAML or JSON says: targets by name.
 * @param environment where `{ env: NAME }` is looked up.
 */
export function readTargets(file: unknown, environment: Environment): ReadFile<readonly Target[]> {
  const findings = [...checkFile(file)];
  if (findings.length > 0) return { ok: false, findings };
  const written = Object.entries(file as { [name: string]: TargetInFile }); // by its schema, one line above
  const targets = written.map(([name, target]) => targetOf(name, target, { environment, findings }));
  return findings.length > 0 ? { ok: false, findings } : { ok: true, content: targets };
}

function targetOf(name: string, written: TargetInFile, reading: Reading): Target {
  const { url, dialect = 'tmf641-v4.1', auth, headers, requestTimeout, concurrency } = written;
  const at = pointerTo('', name);
  return {
    name,
    baseUrl: url.replace(/\/+$/, ''),
    dialect,
    reporting: reportingIn(written, dialect, at, reading),
    ...wordsOf(written, dialect, at, reading),
    ...(auth === undefined ? {} : { auth: authIn(auth, `${at}/auth`, reading) }),
    ...(headers === undefined ? {} : { headers: headersIn(headers, `${at}/headers`, reading) }),
    ...(requestTimeout === undefined ? {} : { requestTimeoutMs: durationMsOfText(requestTimeout) }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

function reportingIn({ reporting }: TargetInFile, dialect: DialectName, at: string, reading: Reading): Reporting {
  if (typeof reporting === 'object') return { pollEveryMs: durationMsOfText(reporting.poll) };
  const { hub } = isInventoryDialect(dialect) ? inventoryDialects[dialect] : dialects[dialect];
  const hasHub = hub !== undefined;
  if (reporting === 'events' && !hasHub) {
    const expected = `callback or { poll: PT30S }, since the dialect ${dialect} has no hub`;
    reading.findings.push({ pointer: `${at}/reporting`, rule: 'has-a-hub', expected, got: '"events"' });
  }
  return reporting ?? (hasHub ? 'events' : 'callback');
}

/** What is said of its words, and of being asked, by a target that takes orders or by an inventory system. */
function wordsOf(
  written: TargetInFile,
  dialect: DialectName,
  at: string,
  reading: Reading,
): Pick<Target, 'words' | 'results' | 'qualifies'> {
  if (!isInventoryDialect(dialect)) {
    reading.findings.push(...inventoryWordsOfOrders(written, dialect, at));
    return { words: wordsIn(written, dialect, at, reading) };
  }
  reading.findings.push(...orderWordsOfInventory(written, dialect, at));
  return inventoryIn(written);
}

/** Words that neither the dialect nor its contract knows could never come, or would break the contract. */
function wordsIn(written: TargetInFile, name: OrderDialectName, at: string, reading: Reading): Partial<WireWords> {
  const { states = {}, actions = {}, falloutPhrase } = written;
  const dialect = dialects[name];
  for (const state of Object.keys(states).filter((each) => !dialect.states.includes(each))) {
    const expected = `a state of ${name}: ${dialect.states.join(', ')}`;
    reading.findings.push({
      pointer: pointerTo(`${at}/states`, state),
      rule: 'known-state',
      expected,
      got: shown(state),
    });
  }
  for (const [action, word] of Object.entries(actions).filter(([, each]) => !dialect.isAction(each))) {
    const expected = `an action of ${name}: ${dialect.actions}`;
    reading.findings.push({
      pointer: pointerTo(`${at}/actions`, action),
      rule: 'known-action',
      expected,
      got: shown(word),
    });
  }
  if (falloutPhrase !== undefined && dialect.words.falloutPhrase === '') {
    const expected = `no such key: the dialect ${name} has a state for what fails`;
    reading.findings.push({ pointer: `${at}/falloutPhrase`, rule: 'has-a-phrase', expected, got: 'one' });
  }
  return {
    ...(Object.keys(states).length === 0 ? {} : { states: { ...dialect.words.states, ...states } }),
    ...(Object.keys(actions).length === 0 ? {} : { actions: { ...dialect.words.actions, ...actions } }),
    ...(falloutPhrase === undefined ? {} : { falloutPhrase }),
  };
}

function authIn({ basic, bearer, apiKey, oauth2 }: AuthInFile, at: string, reading: Reading): Auth {
  if (basic !== undefined) {
    const user = textOf(textIn(basic.user, `${at}/basic/user`, reading));
    return { kind: 'basic', user, password: secretIn(basic.password, `${at}/basic/password`, reading) };
  }
  if (bearer !== undefined) return { kind: 'bearer', token: headerSecretIn(bearer, `${at}/bearer`, reading) };
  if (apiKey !== undefined) {
    const header = headerNameIn(apiKey.header, `${at}/apiKey/header`, reading);
    return { kind: 'apiKey', header, key: headerSecretIn(apiKey.key, `${at}/apiKey/key`, reading) };
  }
  if (oauth2 === undefined) throw new Error(`${at} names no way to authenticate, which its schema forbids`);
  const { tokenUrl, clientId, clientSecret, scope, clientAuthentication = 'basic' } = oauth2;
  return {
    kind: 'oauth2',
    tokenUrl,
    clientId: textOf(textIn(clientId, `${at}/oauth2/clientId`, reading)),
    clientSecret: secretIn(clientSecret, `${at}/oauth2/clientSecret`, reading),
    ...(scope === undefined ? {} : { scope }),
    clientAuthentication,
  };
}

/** Headers that usually carry credentials, by their names. */
const credentialName = /authorization|cookie|token|secret|passw|credential|session|api-?key|-key$/i;

function headersIn(written: { readonly [name: string]: TextInFile }, at: string, reading: Reading): Headers {
  const headers = Object.entries(written).map(([name, value]): [string, string | Secret] => {
    const pointer = pointerTo(at, name);
    if (typeof value === 'string' && credentialName.test(name)) {
      const expected = '{ env: NAME }, the environment variable that holds it: a secret never stands in a file';
      reading.findings.push({
        pointer,
        rule: 'secret-from-environment',
        expected,
        got: 'something else, not shown here',
      });
    }
    return [headerNameIn(name, pointer, reading), textIn(value, pointer, reading)];
  });
  return Object.fromEntries(headers);
}

/** Headers that the engine and its transport set by themselves. */
const ownHeaders = /^(accept|connection|content-.*|host|transfer-encoding)$/i;

function headerNameIn(name: string, pointer: string, { findings }: Reading): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || ownHeaders.test(name)) {
    const expected = 'the name of a header other than accept, connection, content-*, host and transfer-encoding';
    findings.push({ pointer, rule: 'header-name', expected, got: shown(name) });
  }
  return name.toLowerCase();
}

function textIn(written: TextInFile, pointer: string, reading: Reading): string | Secret {
  return typeof written === 'string' ? written : headerSecretIn(written, pointer, reading);
}

function textOf(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

/** A secret that travels in a header as it is. */
function headerSecretIn(written: SecretInFile, pointer: string, reading: Reading): Secret {
  const secret = secretIn(written, pointer, reading);
  if (!/^[\x20-\x7e]*$/.test(secret.reveal())) {
    const expected = `printable ASCII in the environment variable ${written.env}, which a header can carry`;
    const got = 'something else, perhaps a line break at its end';
    reading.findings.push({ pointer: `${pointer}/env`, rule: 'environment-variable', expected, got });
  }
  return secret;
}

/** What the variable holds. Nothing, with a finding, where there is none. */
export function secretIn({ env }: SecretInFile, pointer: string, { environment, findings }: Reading): Secret {
  const value = environment[env] ?? '';
  if (value === '') {
    const expected = `a secret in the environment variable ${env}: set it, then start again`;
    const got = environment[env] === undefined ? 'none: the variable is not set' : 'none: the variable is empty';
    findings.push({ pointer: `${pointer}/env`, rule: 'environment-variable', expected, got });
  }
  return new Secret(value);
}
