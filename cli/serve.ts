/** `southbound serve`: the order management alone, in real time. */
import { fileURLToPath } from 'node:url';
import configSchema from '../contracts/schemas/config.schema.json' with { type: 'json' };
import targetsSchema from '../contracts/schemas/targets.schema.json' with { type: 'json' };
import { checkOfSchema } from '../contracts/schemas/validator.ts';
import {
  type AccessToken,
  type Catalogue,
  type Environment,
  openEngine,
  type Policies,
  pageOfApis,
  readCatalogue,
  readPolicies,
  readTargets,
  type Target,
  targetsOf,
} from '../engine/index.ts';
import { storyOfStep } from '../reports/story.ts';
import { FileProblem, problemOf, readDocument, referredContent } from '../scenarios/files.ts';
import { usualPolicies } from '../scenarios/scenario.ts';
import { type AccessOptions, isLoopback, tokensWanted } from './access/tokens.ts';
import { openStanding } from './standing.ts';
import { colour, say } from './terminal.ts';
import { shippedFolder } from './version.ts';

export interface ServeOptions extends AccessOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  readonly quiet?: boolean;
}

export interface Configuration {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly targets: readonly Target[];
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
}

export async function serve(options: ServeOptions): Promise<number> {
  const configuration = readConfiguration(options.config, process.env);
  const { catalogue, policies, targets } = configuration;
  const host = options.host ?? configuration.host;
  const tokens = tokensWanted(options, host, process.env);
  const standing = await openStanding({
    name: 'om',
    host,
    port: options.port ?? configuration.port,
    quiet: options.quiet ?? false,
    partyOf: (url) => partyAt(url, targets),
  });
  const engine = await openEngine({
    kernel: standing.kernel,
    client: standing.client,
    catalogue,
    policies,
    targets,
    publicUrl: configuration.publicUrl ?? standing.url,
    nobodyMay: isLoopback(host) ? 'everything' : 'nothing',
    tokens,
    onStep: (entry) => standing.tell(storyOfStep({ kind: 'step', order: 0, ...entry })),
  });
  standing.mount(engine.endpoint);
  introduce(standing.url, configuration);
  say(toldOfAccess(tokens, { host, now: standing.kernel.now() }));
  say('Ctrl-C ends it.');
  await engine.start();
  await standing.untilInterrupted(() => engine.stop());
  return 0;
}

function partyAt(url: string, targets: readonly Target[]): string {
  const target = targets.find(({ baseUrl }) => url.startsWith(baseUrl));
  const granter = targets.find(({ auth }) => auth?.kind === 'oauth2' && auth.tokenUrl === url);
  return target?.name ?? (granter === undefined ? 'listener' : `tokens of ${granter.name}`);
}

function introduce(url: string, { catalogue, policies, targets }: Configuration): void {
  say(colour('bold', `Southbound order management at ${url}`));
  say(`  product orders  ${url}/tmf-api/productOrderingManagement/v4/productOrder`);
  say(`  service orders  ${url}/tmf-api/serviceOrdering/v4/serviceOrder`);
  say(`  resource orders ${url}/tmf-api/resourceOrderingManagement/v4/resourceOrder`);
  say(`  all APIs        ${pageOfApis(url)}`);
  say(`  catalogue       ${catalogue.name}: ${Object.keys(catalogue.offerings).join(', ')}`);
  say(`  policies        ${policies.name}`);
  for (const target of targets) say(`  target          ${target.name} at ${target.baseUrl}${usedWith(target)}`);
}

/** Who may come in. */
function toldOfAccess(
  tokens: readonly AccessToken[] | undefined,
  { host, now }: { host: string; now: number },
): string {
  if (tokens === undefined) {
    const everybody = '  no tokens asked: whoever reaches this address may place orders, and have any role they name';
    return isLoopback(host) ? '  tokens          none asked: only this machine comes in' : colour('red', everybody);
  }
  const named = tokens.map(({ name, expiresAt }) =>
    expiresAt !== undefined && expiresAt <= now ? `${name} (expired)` : name,
  );
  return `  tokens          ${named.join(', ')}`;
}

/** What is not as usual about a target. */
function usedWith({ dialect = 'tmf641-v4.1', auth, reporting = 'events' }: Target): string {
  const told = [
    ...(dialect === 'tmf641-v4.1' ? [] : [dialect]),
    ...(auth === undefined
      ? []
      : [{ basic: 'basic', bearer: 'bearer token', apiKey: 'API key', oauth2: 'OAuth 2' }[auth.kind]]),
    ...(reporting === 'events'
      ? []
      : [typeof reporting === 'object' ? `asked every ${reporting.pollEveryMs / 1000} s` : reporting]),
  ];
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}

interface ConfigFile {
  readonly catalogue?: string | object;
  readonly policies?: string | object;
  readonly targets?: string | object;
  readonly listen?: { readonly host?: string; readonly port?: number; readonly publicUrl?: string };
}

const usualTargets = { som: { url: 'http://127.0.0.1:8621/tmf-api/serviceOrdering/v4' } };
const checkConfig = checkOfSchema(configSchema, [targetsSchema]);

/**
 * Throws a `FileProblem` when something in the file, or in a file that it names, is wrong.
 * @param environment where the secrets of targets are.
 */
export function readConfiguration(file: string | undefined, environment: Environment): Configuration {
  const document = file === undefined ? {} : readDocument(file);
  const findings = checkConfig(document);
  if (findings.length > 0) throw problemOf(file ?? '', findings);
  const { catalogue, policies, targets, listen } = document as ConfigFile; // by its schema, one line above
  const name = file ?? 'the usual configuration';
  const usualCatalogue = fileURLToPath(new URL('scenarios/catalogues/broadband.yaml', shippedFolder));
  const configuration: Configuration = {
    catalogue: referredContent(name, '/catalogue', catalogue ?? usualCatalogue, readCatalogue),
    policies: referredContent(name, '/policies', policies ?? usualPolicies, readPolicies),
    targets: referredContent(name, '/targets', targets ?? usualTargets, (document) =>
      readTargets(document, environment),
    ),
    host: listen?.host ?? '127.0.0.1',
    port: listen?.port ?? 8620,
    ...(listen?.publicUrl === undefined ? {} : { publicUrl: listen.publicUrl.replace(/\/+$/, '') }),
  };
  assertTargetsKnown(name, configuration);
  return configuration;
}

/** A policy that sends to a target nobody has configured would fail at the first order; better to say so now. */
function assertTargetsKnown(file: string, { policies, targets }: Configuration): void {
  const known = targets.map(({ name }) => name);
  const unknown = targetsOf(policies).filter((target) => !known.includes(target));
  if (unknown.length === 0) return;
  throw new FileProblem(
    file,
    unknown.map(
      (target) =>
        `/targets: expected "${target}", which the policies "${policies.name}" send to; got ${known.join(', ') || 'none'}`,
    ),
  );
}
