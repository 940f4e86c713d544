/** `southbound serve`: the order management alone, in real time. */
import { fileURLToPath } from 'node:url';
import configSchema from '../contracts/schemas/config.schema.json' with { type: 'json' };
import { checkOfSchema } from '../contracts/schemas/validator.ts';
import {
  type Catalogue,
  openEngine,
  type Policies,
  readCatalogue,
  readPolicies,
  type Target,
  targetsOf,
} from '../engine/index.ts';
import { storyOfStep } from '../reports/story.ts';
import { FileProblem, problemOf, readDocument, referredContent } from '../scenarios/files.ts';
import { usualPolicies } from '../scenarios/scenario.ts';
import { openStanding } from './standing.ts';
import { colour, say } from './terminal.ts';
import { shippedFolder } from './version.ts';

export interface ServeOptions {
  readonly config?: string;
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
  const configuration = readConfiguration(options.config);
  const { host, catalogue, policies, targets } = configuration;
  const standing = await openStanding({
    name: 'om',
    host,
    port: options.port ?? configuration.port,
    quiet: options.quiet ?? false,
    partyOf: (url) => targets.find(({ baseUrl }) => url.startsWith(baseUrl))?.name ?? 'listener',
  });
  const engine = await openEngine({
    kernel: standing.kernel,
    client: standing.client,
    catalogue,
    policies,
    targets,
    publicUrl: configuration.publicUrl ?? standing.url,
    onStep: (entry) => standing.tell(storyOfStep({ kind: 'step', order: 0, ...entry })),
  });
  standing.mount(engine.endpoint);
  introduce(standing.url, configuration);
  await engine.start();
  await standing.untilInterrupted();
  return 0;
}

function introduce(url: string, { catalogue, policies, targets }: Configuration): void {
  say(colour('bold', `Southbound order management at ${url}`));
  say(`  product orders  ${url}/tmf-api/productOrderingManagement/v4/productOrder`);
  say(`  service orders  ${url}/tmf-api/serviceOrdering/v4/serviceOrder`);
  say(`  catalogue       ${catalogue.name}: ${Object.keys(catalogue.offerings).join(', ')}`);
  say(`  policies        ${policies.name}`);
  for (const { name, baseUrl } of targets) say(`  target          ${name} at ${baseUrl}`);
  say('Ctrl-C ends it.');
}

interface ConfigFile {
  readonly catalogue?: string | object;
  readonly policies?: string | object;
  readonly targets?: { readonly [name: string]: { readonly url: string; readonly subscribe?: boolean } };
  readonly listen?: { readonly host?: string; readonly port?: number; readonly publicUrl?: string };
}

const usualTargets = { som: { url: 'http://127.0.0.1:8621/tmf-api/serviceOrdering/v4' } };
const checkConfig = checkOfSchema(configSchema);

/** Throws a `FileProblem` when something in the file, or in a file that it names, is wrong. */
export function readConfiguration(file: string | undefined): Configuration {
  const document = file === undefined ? {} : readDocument(file);
  const findings = checkConfig(document);
  if (findings.length > 0) throw problemOf(file ?? '', findings);
  const { catalogue, policies, targets, listen } = document as ConfigFile; // by its schema, one line above
  const name = file ?? 'the usual configuration';
  const usualCatalogue = fileURLToPath(new URL('scenarios/catalogues/broadband.yaml', shippedFolder));
  const configuration: Configuration = {
    catalogue: referredContent(name, '/catalogue', catalogue ?? usualCatalogue, readCatalogue),
    policies: referredContent(name, '/policies', policies ?? usualPolicies, readPolicies),
    targets: Object.entries(targets ?? usualTargets).map(([name, target]) => targetOf(name, target)),
    host: listen?.host ?? '127.0.0.1',
    port: listen?.port ?? 8620,
    ...(listen?.publicUrl === undefined ? {} : { publicUrl: listen.publicUrl.replace(/\/+$/, '') }),
  };
  assertTargetsKnown(name, configuration);
  return configuration;
}

function targetOf(name: string, { url, subscribe }: { url: string; subscribe?: boolean }): Target {
  return { name, baseUrl: url.replace(/\/+$/, ''), subscribe: subscribe ?? true };
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
