/** A scenario file -> a scenario, with every file it refers to read and checked. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import scenarioSchema from '../contracts/records/scenario.schema.json' with { type: 'json' };
import { durationMsOfText, instantOfText } from '../contracts/schemas/text.ts';
import { checkOfSchema } from '../contracts/schemas/validator.ts';
import { type Catalogue, type Policies, readCatalogue, readPolicies } from '../engine/index.ts';
import type { InventoryData } from '../mocks/inventory/inventory-data.ts';
import { readInventory } from '../mocks/inventory/inventory-file.ts';
import { readSomScript, type SomScript, usualScript } from '../mocks/som-script.ts';
import { type Counterparties, wrongTargets } from './counterparties.ts';
import { FileProblem, problemOf, type Reader, readDocument, referredContent } from './files.ts';
import { type ExpectedOutcome, type Reference, type ScenarioStep, type StepInFile, stepOf } from './step.ts';
import type { Forecast } from './weather/weather.ts';

export interface Scenario extends Counterparties {
  readonly name: string;
  readonly about?: string;
  readonly file: string;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** What secrets of targets stand for in this story. */
  readonly environment: { readonly [name: string]: string };
  readonly start?: number;
  /** What happens to messages on their way; what exactly is drawn from the seed. */
  readonly forecast?: Forecast;
  readonly steps: readonly ScenarioStep[];
  readonly then: ExpectedOutcome;
}

interface ScenarioFile {
  readonly scenario: string;
  readonly about?: string;
  readonly given: {
    readonly catalogue: Reference;
    readonly policies?: Reference;
    readonly som?: Reference;
    readonly systems?: { readonly [name: string]: { readonly script?: Reference; readonly target?: object } };
    readonly inventories?: { readonly [name: string]: { readonly stock: Reference; readonly target?: object } };
    readonly environment?: { readonly [name: string]: string };
    readonly start?: string;
    readonly weather?: Forecast;
  };
  readonly when: readonly StepInFile[];
  readonly then: Omit<ExpectedOutcome, 'within'> & { readonly within?: string };
}

/** Files of this name are scenarios; whatever else lies beside them is what they refer to. */
export const scenarioSuffix = '.scenario.yaml';

const checkFile = checkOfSchema(scenarioSchema);

/** Every service facing the customer goes to the SOM, with everything below it. */
export const usualPolicies: unknown = {
  policies: 'Everything that faces the customer goes to the SOM as a hierarchy',
  cancellation: { approval: 'automatic' },
  outbound: {
    rows: [
      {
        name: 'services facing the customer',
        when: { specificationType: 'CFS' },
        then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' },
      },
      { name: 'services of their own', then: { outboundEnabled: true, hierarchical: false, targetSystem: 'som' } },
    ],
  },
};

/** Every scenario file at or below a path, in the order of their names. Throws a `FileProblem` when there is none. */
export function findScenarios(path: string): string[] {
  if (!existsSync(path)) throw new FileProblem(path, ['there is no such file or folder']);
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(scenarioSuffix) && !file.includes('node_modules'))
    .map((file) => join(path, file))
    .sort();
  if (files.length === 0) throw new FileProblem(path, [`holds no file named *${scenarioSuffix}`]);
  return files;
}

/** Throws a `FileProblem` that names the file, the place, what is wrong and what was expected. */
export function readScenario(file: string): Scenario {
  const document = readDocument(file);
  const findings = checkFile(document);
  if (findings.length > 0) throw problemOf(file, findings);
  const { scenario, about, given, when, then } = document as ScenarioFile; // by its schema, one line above
  const start = given.start === undefined ? undefined : instantOfText(given.start);
  const { within, ...outcome } = then;
  const environment = given.environment ?? {};
  return {
    name: scenario,
    ...(about === undefined ? {} : { about: about.trim() }),
    file,
    catalogue: referredContent(file, '/given/catalogue', given.catalogue, readCatalogue),
    policies: referredContent(file, '/given/policies', given.policies ?? usualPolicies, readPolicies),
    ...counterpartiesOf(file, given, environment),
    environment,
    ...(start === undefined ? {} : { start }),
    ...(given.weather === undefined ? {} : { forecast: given.weather }),
    steps: when.map((step, index) => stepOf(file, step, `/when/${index}`)),
    then: { ...outcome, ...(within === undefined ? {} : { within: durationMsOfText(within) }) },
  };
}

function counterpartiesOf(
  file: string,
  given: ScenarioFile['given'],
  environment: Scenario['environment'],
): Counterparties {
  const systems = systemsOf(file, given);
  const inventories = inventoriesOf(file, given);
  const both = Object.keys(inventories).filter((name) => name in systems);
  if (both.length > 0) {
    throw new FileProblem(
      file,
      both.map((name) => `/given/inventories/${name}: expected a name that no system has, som among them`),
    );
  }
  const wrong = wrongTargets({ systems, inventories }, environment);
  if (wrong.length > 0) throw problemOf(file, wrong);
  return { systems, inventories };
}

function inventoriesOf(file: string, { inventories = {} }: ScenarioFile['given']): Scenario['inventories'] {
  return Object.fromEntries(
    Object.entries(inventories).map(([name, { stock, target }]) => [
      name,
      {
        stock: referredContent(file, `/given/inventories/${name}/stock`, stock, readStock),
        ...(target === undefined ? {} : { target }),
      },
    ]),
  );
}

/** Always a SOM, and whatever other systems the story needs. */
function systemsOf(file: string, { som, systems = {} }: ScenarioFile['given']): Scenario['systems'] {
  const others = Object.entries(systems).map(([name, { script = som ?? usualScript, target }]) => [
    name,
    {
      script: referredContent(file, `/given/systems/${name}/script`, script, readScript),
      ...(target === undefined ? {} : { target }),
    },
  ]);
  const usual = { script: referredContent(file, '/given/som', som ?? usualScript, readScript) };
  return { som: usual, ...Object.fromEntries(others) };
}

export function readScript(file: unknown): ReturnType<Reader<SomScript>> {
  const read = readSomScript(file);
  return read.ok ? { ok: true, content: read.script } : read;
}

export function readStock(file: unknown): ReturnType<Reader<InventoryData>> {
  const read = readInventory(file);
  return read.ok ? { ok: true, content: read.inventory } : read;
}

/** `hierarchical-async` of `.../hierarchical-async.scenario.yaml`. */
export function shortName(file: string): string {
  return basename(file, scenarioSuffix);
}
