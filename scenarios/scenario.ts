/** A scenario file -> a scenario, with every file it refers to read and checked. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import scenarioSchema from '../contracts/records/scenario.schema.json' with { type: 'json' };
import { durationMsOfText, instantOfText } from '../contracts/schemas/text.ts';
import { checkOfSchema } from '../contracts/schemas/validator.ts';
import { type Catalogue, type Policies, readCatalogue, readPolicies } from '../engine/index.ts';
import { readSomScript, type SomScript, usualScript } from '../mocks/som-script.ts';
import { FileProblem, problemOf, type Reader, readDocument, referredContent } from './files.ts';
import type { Party } from './network.ts';
import type { Forecast } from './weather/weather.ts';
import type { System } from './world.ts';

export interface Scenario {
  readonly name: string;
  readonly about?: string;
  readonly file: string;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** The systems that service orders go to, by name. */
  readonly systems: { readonly [name: Party]: System };
  /** What secrets of targets stand for in this story. */
  readonly environment: { readonly [name: string]: string };
  readonly start?: number;
  /** What happens to messages on their way; what exactly is drawn from the seed. */
  readonly forecast?: Forecast;
  readonly steps: readonly ScenarioStep[];
  readonly then: ExpectedOutcome;
}

export interface Expected {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

export type ScenarioStep = {
  /** Where it stands in the file. */
  readonly pointer: string;
  readonly expect?: Expected;
} & (
  | {
      readonly kind: 'order';
      readonly name: string;
      readonly body: unknown;
      readonly through: 'TMF622' | 'TMF641';
      readonly invalid?: string;
    }
  | { readonly kind: 'approve'; readonly order: string }
  | CommandStep
  | { readonly kind: 'restart' }
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'policies'; readonly policies: Policies }
  | {
      readonly kind: 'send';
      readonly from: Party;
      readonly to: Party;
      readonly method: string;
      readonly path: string;
      readonly body?: unknown;
      readonly text?: string;
      readonly contentType?: string;
      readonly invalid?: string;
    }
);

/** An operator does something with a service order, or with a fallout, by hand. */
export interface CommandStep {
  readonly kind: 'command';
  readonly command: 'create' | 'revise' | 'update' | 'complete' | 'cancel' | 'resolve';
  /** The name of the order. */
  readonly order: string;
  /** The specification of the service order it is about; of a fallout, the one it is about. */
  readonly about: string;
  readonly body?: unknown;
  /** The roles that the operator has; all, when absent. */
  readonly roles?: readonly string[];
}

export interface ExpectedOutcome {
  readonly orders?: { readonly [name: string]: unknown };
  readonly events?: readonly string[];
  readonly exchanges?: readonly ExpectedExchanges[];
  readonly within?: number;
}

export interface ExpectedExchanges {
  readonly from?: Party;
  readonly to?: Party;
  readonly method?: string;
  readonly path?: string;
  readonly outcome?: number | string;
  readonly count: number;
}

interface ScenarioFile {
  readonly scenario: string;
  readonly about?: string;
  readonly given: {
    readonly catalogue: Reference;
    readonly policies?: Reference;
    readonly som?: Reference;
    readonly systems?: { readonly [name: string]: { readonly script?: Reference; readonly target?: object } };
    readonly environment?: { readonly [name: string]: string };
    readonly start?: string;
    readonly weather?: Forecast;
  };
  readonly when: readonly StepInFile[];
  readonly then: Omit<ExpectedOutcome, 'within'> & { readonly within?: string };
}

/** A file relative to the scenario, or the content itself. */
type Reference = string | object;

interface StepInFile {
  readonly order?: Reference;
  readonly as?: string;
  readonly through?: 'TMF622' | 'TMF641';
  readonly approve?: string;
  readonly command?: CommandStep['command'];
  readonly of?: string;
  readonly about?: string;
  readonly roles?: readonly string[];
  readonly characteristics?: { readonly [name: string]: unknown };
  readonly note?: string;
  readonly restart?: 'om';
  readonly wait?: string;
  readonly policies?: Reference;
  readonly send?: {
    from?: Party;
    to?: Party;
    method: string;
    path: string;
    body?: unknown;
    text?: string;
    contentType?: string;
  };
  readonly invalid?: string;
  readonly expect?: Expected;
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
  return {
    name: scenario,
    ...(about === undefined ? {} : { about: about.trim() }),
    file,
    catalogue: referredContent(file, '/given/catalogue', given.catalogue, readCatalogue),
    policies: referredContent(file, '/given/policies', given.policies ?? usualPolicies, readPolicies),
    systems: systemsOf(file, given),
    environment: given.environment ?? {},
    ...(start === undefined ? {} : { start }),
    ...(given.weather === undefined ? {} : { forecast: given.weather }),
    steps: when.map((step, index) => stepOf(file, step, `/when/${index}`)),
    then: { ...outcome, ...(within === undefined ? {} : { within: durationMsOfText(within) }) },
  };
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

function stepOf(file: string, step: StepInFile, pointer: string): ScenarioStep {
  const common = { pointer, ...(step.expect === undefined ? {} : { expect: step.expect }) };
  const invalid = step.invalid === undefined ? {} : { invalid: step.invalid };
  const { order, approve, command, restart, wait, policies, send } = step;
  const kinds = [order, approve, command, restart, wait, policies, send].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) {
    throw new FileProblem(file, [
      `${pointer}: expected one of order, approve, command, restart, wait, policies, send; got ${kinds.length}`,
    ]);
  }
  if (order !== undefined) {
    const body = referredContent(file, `${pointer}/order`, order, (content) => ({ ok: true, content }));
    return { ...common, ...invalid, kind: 'order', name: step.as ?? 'order', body, through: step.through ?? 'TMF622' };
  }
  if (approve !== undefined) return { ...common, kind: 'approve', order: approve };
  if (command !== undefined) return { ...common, ...commandOf(step, command) };
  if (restart !== undefined) return { ...common, kind: 'restart' };
  if (wait !== undefined) return { ...common, kind: 'wait', forMs: durationMsOfText(wait) };
  if (policies !== undefined) {
    return {
      ...common,
      kind: 'policies',
      policies: referredContent(file, `${pointer}/policies`, policies, readPolicies),
    };
  }
  return { ...common, ...invalid, kind: 'send', from: 'crm', to: 'om', method: 'GET', path: '/', ...send };
}

function commandOf(step: StepInFile, command: CommandStep['command']): CommandStep {
  const { of = 'order', about = '', roles, characteristics, note } = step;
  const values = Object.entries(characteristics ?? {}).map(([name, value]) => ({ name, value }));
  const update = characteristics === undefined ? {} : { body: { characteristics: values } };
  return {
    kind: 'command',
    command,
    order: of,
    about,
    ...(note === undefined ? update : { body: { note } }),
    ...(roles === undefined ? {} : { roles }),
  };
}

/** `hierarchical-async` of `.../hierarchical-async.scenario.yaml`. */
export function shortName(file: string): string {
  return basename(file, scenarioSuffix);
}
