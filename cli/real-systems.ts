/** The options of `run` that say which systems are real: where each is, how it is asked, and where we are reached from it. */
import configSchema from '../contracts/schemas/config.schema.json' with { type: 'json' };
import targetsSchema from '../contracts/schemas/targets.schema.json' with { type: 'json' };
import { durationMsOfText, isDuration } from '../contracts/schemas/text.ts';
import { checkOfSchema } from '../contracts/schemas/validator.ts';
import { type Environment, readTargets, type Target } from '../engine/index.ts';
import { usualDialectOf } from '../scenarios/counterparties.ts';
import { problemOf, readDocument, referredContent } from '../scenarios/files.ts';
import type { PortOptions } from '../scenarios/real/port.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { WrongUse } from './terminal.ts';

export interface RealOptions {
  /** Each `NAME=URL`, or `NAME` for one whose URL is in the configuration. */
  readonly target?: readonly string[];
  readonly config?: string;
  readonly listen?: string;
  readonly callbackUrl?: string;
  readonly patience?: string;
}

export interface RealSystems {
  readonly targets: readonly Target[];
  readonly port: PortOptions;
  readonly patienceMs: number;
}

/** Longer keeps whoever waits for a system that never reports; shorter gives up systems that take a minute for an order. */
const usualPatience = 'PT2M';

/**
 * `undefined` when every system is simulated. Throws a `WrongUse` or a `FileProblem` for what makes no sense.
 * @param environment where the secrets of targets are.
 */
export function realSystemsOf(
  options: RealOptions,
  scenarios: readonly Scenario[],
  environment: Environment,
): RealSystems | undefined {
  const { target: named = [], config, listen, callbackUrl, patience = usualPatience } = options;
  if (named.length === 0) {
    const [needless] = (['config', 'listen', 'callbackUrl', 'patience'] as const).filter((each) => options[each]);
    if (needless === undefined) return undefined;
    throw new WrongUse(
      `--${needless === 'callbackUrl' ? 'callback-url' : needless} goes with --target NAME=URL: which system is real, and where it is.`,
    );
  }
  if (!isDuration(patience)) throw new WrongUse(`--patience expects a duration, for example PT5M; got ${patience}.`);
  const file = config === undefined ? {} : configurationIn(config);
  return {
    targets: targetsNamed(named, file, { file: config ?? '--target', scenarios, environment }),
    port: portOf(listen, callbackUrl, file.listen),
    patienceMs: durationMsOfText(patience),
  };
}

/** Throws a `WrongUse` when no scenario knows one of the systems: nothing would be run, and nothing be found. */
export function assertKnown({ targets }: RealSystems, scenarios: readonly Scenario[]): void {
  const known = [
    ...new Set(scenarios.flatMap(({ systems, inventories }) => Object.keys({ ...systems, ...inventories }))),
  ];
  const unknown = targets.find(({ name }) => !known.includes(name));
  if (unknown === undefined) return;
  throw new WrongUse(`--target ${unknown.name}: no scenario has a system of that name; there are ${known.join(', ')}.`);
}

interface ConfigFile {
  readonly targets?: string | { readonly [name: string]: object };
  readonly listen?: { readonly host?: string; readonly port?: number; readonly publicUrl?: string };
}

const checkConfig = checkOfSchema(configSchema, [targetsSchema]);

/** What `serve` reads as well; of it, targets and address count here: each scenario has a catalogue and policies of its own. */
function configurationIn(file: string): ConfigFile {
  const document = readDocument(file);
  const findings = checkConfig(document);
  if (findings.length > 0) throw problemOf(file, findings);
  return document as ConfigFile; // by its schema, one line above
}

function targetsNamed(
  named: readonly string[],
  { targets = {} }: ConfigFile,
  from: { file: string; scenarios: readonly Scenario[]; environment: Environment },
): readonly Target[] {
  const { file, scenarios, environment } = from;
  // What is wrong with a target is found below, once the URLs of the command line are in it.
  const read = (content: unknown) => ({ ok: true, content: content as { readonly [name: string]: object } }) as const;
  const written = referredContent(file, '/targets', targets, read);
  const chosen: { [name: string]: object } = {};
  for (const each of named) {
    const [name = '', ...rest] = each.split('=');
    const url = rest.join('=');
    if (name === '' || (url === '' && written[name] === undefined)) {
      throw new WrongUse(
        `--target expects NAME=URL, where its API starts; or NAME, with a file in --config that has it. Got "${each}".`,
      );
    }
    chosen[name] = { ...usualDialect(name, scenarios), ...written[name], ...(url === '' ? {} : { url }) };
  }
  return referredContent(file, '', chosen, (content) => readTargets(content, environment));
}

/** What a system is simulated as, it is taken to be. */
function usualDialect(name: string, scenarios: readonly Scenario[]): { dialect?: string } {
  const [dialect] = scenarios.flatMap(({ systems }) => {
    const personality = systems[name]?.script.personality;
    const usual = personality === undefined ? {} : usualDialectOf(personality);
    return usual.dialect === undefined ? [] : [usual];
  });
  if (dialect !== undefined) return dialect;
  return scenarios.some(({ inventories }) => name in inventories) ? { dialect: 'tmf645-v4.0' } : {};
}

function portOf(
  listen: string | undefined,
  callbackUrl: string | undefined,
  configured: ConfigFile['listen'] = {},
): PortOptions {
  const { host = '127.0.0.1', port = 0 } = listen === undefined ? configured : addressIn(listen);
  const publicUrl = (callbackUrl ?? configured.publicUrl)?.replace(/\/+$/, '');
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#]+(\/[^?#]*)?$/.test(publicUrl)) {
    throw new WrongUse(`--callback-url expects a URL such as https://test.example:8620; got ${publicUrl}.`);
  }
  if (publicUrl !== undefined && port === 0) {
    throw new WrongUse('--callback-url goes with --listen HOST:PORT: what arrives there has to arrive somewhere here.');
  }
  if (publicUrl === undefined && ['0.0.0.0', '::'].includes(host)) {
    throw new WrongUse(`--listen ${host} takes calls at every address; say with --callback-url which one others use.`);
  }
  return { host, port, publicUrl };
}

function addressIn(listen: string): { host: string; port: number } {
  const [, host = '', digits = ''] = /^(?:\[?([^\]]+?)\]?:)?(\d+)$/.exec(listen) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535) throw new WrongUse(`--listen expects HOST:PORT or PORT; got ${listen}.`);
  return { host: host === '' ? '127.0.0.1' : host, port };
}
