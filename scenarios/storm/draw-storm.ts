/** Draws everything of a storm from one seed: what can be ordered, who does what on which terms, and the weather. */
import type { Weather } from '../../contracts/records/weather.ts';
import { type Finding, findingText } from '../../contracts/schemas/finding.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import { type Catalogue, type Policies, readCatalogue, readPolicies } from '../../engine/index.ts';
import type { Chance } from '../../kernel/chance.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { System } from '../counterparties.ts';
import { readScript } from '../scenario.ts';
import { drawWeather, southboundLinks } from '../weather/weather.ts';
import { drawCatalogue } from './draw-catalogue.ts';
import { type Deed, drawChanges, drawDeeds } from './draw-orders.ts';
import { drawPolicies } from './draw-policies.ts';
import { drawResources, resourceSystem } from './draw-resources.ts';
import { drawScript, type Reporting } from './draw-script.ts';

export interface Storm {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly systems: { readonly [name: string]: System };
  readonly weather: Weather;
  readonly deeds: readonly Deed[];
}

/** Each part has a stream of its own: to change how one is drawn leaves the others as they were. */
export function drawStorm(kernel: Pick<Kernel, 'chance' | 'now'>): Storm {
  const people = kernel.chance('storm.people');
  const names = people.fraction() < 0.5 ? ['som'] : ['som', 'tom'];
  const approval = people.fraction() < 0.25 ? 'manual' : 'automatic';
  const overServices = drawWeather(kernel.chance('storm.weather'), southboundLinks(names));
  const { stormMs } = overServices;
  const ordered = drawResources(kernel.chance('storm.resources'), { stormMs, approval });
  const { document, offerings, services } = drawCatalogue(kernel.chance('storm.catalogue'), ordered?.resources);
  const overResources =
    ordered === undefined
      ? []
      : drawWeather(kernel.chance('storm.weather.resources'), southboundLinks([resourceSystem]), stormMs).links;
  const weather = { stormMs, links: [...overServices.links, ...overResources] };
  const policies = kernel.chance('storm.policies');
  const dates = kernel.chance('storm.dates');
  const watched = drawWatching(dates);
  const deeds = drawDeeds(people, { offerings, stormMs, approval });
  const edited: Deed[] =
    policies.fraction() < 0.2
      ? [
          {
            atMs: policies.between(0, stormMs),
            kind: 'policies',
            document: { ...drawPolicies(policies, names, approval, ordered?.rows), ...watched },
          },
        ]
      : [];
  return {
    catalogue: valid('catalogue', readCatalogue(document)),
    policies: valid(
      'policies',
      readPolicies({ ...drawPolicies(policies, names, approval, ordered?.rows), ...watched }),
    ),
    systems: {
      ...Object.fromEntries(names.map((name) => [name, drawSystem(kernel, name, services)])),
      ...(ordered === undefined ? {} : { [resourceSystem]: { script: valid('script', readScript(ordered.script)) } }),
    },
    weather,
    deeds: [
      ...deeds.map((deed) => drawDay(dates, deed, kernel.now(), stormMs)),
      ...edited,
      ...(ordered?.deeds ?? []),
      ...drawChanges(kernel.chance('storm.changes'), deeds, stormMs),
    ].toSorted((one, other) => one.atMs - other.atMs),
  };
}

/** One storm in four watches its orders. */
function drawWatching(chance: Chance): { jeopardy?: object } {
  if (chance.fraction() >= 0.25) return {};
  return chance.fraction() < 0.5
    ? { jeopardy: {} }
    : { jeopardy: { durations: { rows: [], default: { takes: `PT${chance.between(1, 240)}M` } } } };
}

/** One order in eight is for a later moment. */
function drawDay(chance: Chance, deed: Deed, startsAt: number, stormMs: number): Deed {
  if (deed.kind !== 'order' || chance.fraction() >= 0.125) return deed;
  const requestedStartDate = textOfInstant(startsAt + deed.atMs + chance.between(0, stormMs));
  return { ...deed, body: { ...deed.body, requestedStartDate } };
}

function drawSystem(kernel: Pick<Kernel, 'chance'>, name: string, services: readonly string[]): System {
  const drawn = kernel.chance(`storm.${name}`);
  const reporting = drawn.pick<Reporting>(['events', 'events', 'callback', 'poll']);
  const target = { reporting: reporting === 'poll' ? { poll: `PT${drawn.pick([10, 30, 120])}M` } : reporting };
  return { script: valid('script', readScript(drawScript(drawn, reporting, services))), target };
}

type Read<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** What was drawn must be what a person could have written. */
export function valid<Content>(what: string, read: Read<Content>): Content {
  if (read.ok) return read.content;
  throw new Error(`the ${what} that was drawn is not valid: ${read.findings.map(findingText).join('; ')}`);
}
