/** One storm from its seed: everything is drawn, happens in virtual time, comes to rest in the calm, and is held against the laws. */
import type { RunFinding, RunRecord } from '../../contracts/records/run.ts';
import {
  type CustomerOrder,
  productOrderingBase,
  readPolicies,
  renderedOrder,
  resourceOrderingBase,
} from '../../engine/index.ts';
import { jsonBody, jsonMediaType } from '../../exchange/message.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { type Evidence, evidenceOf } from '../laws/evidence.ts';
import { checkLaws } from '../laws/laws.ts';
import { comeToRest, recordOf, unmatchedCalls } from '../run.ts';
import { openWorld, type World, type WorldOptions } from '../world.ts';
import type { Command, Deed } from './draw-orders.ts';
import { drawStorm, valid } from './draw-storm.ts';
import { countHits, type HitCounts } from './phases.ts';

export interface StormOptions {
  readonly kernel?: TimedKernel;
  readonly parts?: WorldOptions['parts'];
}

export interface StormRun {
  readonly record: RunRecord;
  /** How often each fault hit an order in each phase. */
  readonly hits: HitCounts;
}

/** Work items of one storm. The longest of 3,000 takes 508: fewer would stop honest ones, more lets an endless one go on. */
const mostItems = 5_000;

export async function runStorm(seed: string, options: StormOptions = {}): Promise<StormRun> {
  const { kernel = virtualKernel({ seed }), parts } = options;
  const storm = drawStorm(kernel);
  const world = await openWorld({
    ...storm,
    kernel,
    transport: 'direct',
    inventories: {},
    subscribeCrm: false,
    ...(parts && { parts }),
  });
  try {
    const names = new Map<string, string>();
    const findings: RunFinding[] = [];
    let evidence: Evidence = {
      orders: [],
      inventory: [],
      trees: [],
      stocks: [],
      policies: new Map(),
      catalogues: new Map(),
      undone: [],
      atRest: false,
    };
    try {
      const startedAt = kernel.now();
      for (const deed of storm.deeds) {
        await kernel.run(Math.max(kernel.now(), startedAt + deed.atMs), () => kernel.itemsRun >= mostItems);
        if (kernel.itemsRun >= mostItems) break;
        await perform(world, deed, names);
      }
      findings.push(...(await comeToRest(world, mostItems)));
      evidence = await evidenceOf(world, kernel.waiting === 0);
      findings.push(...checkLaws(evidence));
    } catch (fault) {
      // Whatever breaks, breaks again from the same seed, and that is what has to be told.
      if (!(fault instanceof Error)) throw fault;
      findings.push({ check: 'bug', message: fault.message });
    }
    const ran = {
      scenario: told(seed),
      options: { seed, transport: 'direct' },
      world,
      names,
      weather: storm.weather,
    } as const;
    const record = await recordOf(ran, [...world.findings, ...findings, ...unmatchedCalls(world)]);
    return { record, hits: countHits(record, evidence) };
  } finally {
    await world.close();
  }
}

function told(seed: string): { name: string; about: string; file: string } {
  return {
    name: `Storm ${seed}: every law holds`,
    about: 'Catalogue, policies, systems, orders, commands and weather are drawn from the seed.',
    file: `southbound explore --seed ${seed}`,
  };
}

async function perform(world: World, deed: Deed, names: Map<string, string>): Promise<void> {
  switch (deed.kind) {
    case 'order': {
      const place =
        deed.api === 'resource' ? `${resourceOrderingBase}/resourceOrder` : `${productOrderingBase}/productOrder`;
      const outcome = await ask(world, 'POST', place, deed.body);
      const answer = outcome.kind === 'answered' ? outcome.response : undefined;
      if (answer?.status !== 201) throw new Error(`the order that was drawn is not valid: ${answer?.body?.text}`);
      const { id } = (answer.body?.json ?? { id: '' }) as { readonly id: string }; // as a 201 has it, by its contract
      names.set(deed.name, id);
      return;
    }
    case 'approve':
      await ask(world, 'POST', `/southbound/v1/order/${names.get(deed.order)}/approve`);
      return;
    case 'policies': {
      const policies = valid('policies', readPolicies(deed.document));
      return world.kernel.exclusively(() => world.engine.usePolicies(policies));
    }
    case 'command':
      return command(world, deed, names);
    case 'change':
      return changeOfMind(world, deed, names);
  }
}

/** Whether it is possible or not: a refusal is an answer like any other. */
async function command(
  world: World,
  { command: wish, order: name, pick }: Extract<Deed, { kind: 'command' }>,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const order = await world.engine.order(names.get(name) ?? '');
  if (order === undefined) return;
  const place = `/southbound/v1/order/${order.id}`;
  const service = `${place}/serviceOrder/${serviceOrderFor(order, wish, pick)?.id}`;
  const fallout = likely(order.fallouts, ({ state }) => state === 'open', pick);
  const note = { note: 'seen to' };
  switch (wish) {
    case 'create':
      await ask(world, 'POST', `${service}/createOutboundRequest`);
      return;
    case 'revise':
      await ask(world, 'POST', `${service}/reviseOutboundRequest`);
      return;
    case 'update': {
      const value = order.workNotes.length % 2 === 0 ? 'fast' : 'slow';
      await ask(world, 'PATCH', service, { characteristics: [{ name: 'speed', value }] });
      return;
    }
    case 'complete':
      await ask(world, 'POST', `${service}/forceComplete`, note);
      return;
    case 'cancel':
      await ask(world, 'POST', `${service}/cancel`, note);
      return;
    case 'resolve':
      if (fallout !== undefined) await ask(world, 'POST', `${place}/fallout/${fallout.id}/resolve`, note);
  }
}

/** Whether it is possible or not, and whatever there is to decide about. */
async function changeOfMind(
  world: World,
  { change, order: name, pick }: Extract<Deed, { kind: 'change' }>,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const order = await world.engine.order(names.get(name) ?? '');
  if (order === undefined) return;
  const place = `/southbound/v1/order/${order.id}`;
  const line = order.lines[pick % order.lines.length];
  if (change === 'revise') {
    await ask(world, 'POST', `${place}/revise`, { items: [{ item: line?.externalId, ...wishOf(pick) }] });
  } else if (change === 'cancel') {
    const about = pick % 3 === 0 ? { line: line?.id } : {};
    await ask(world, 'POST', `${place}/cancel`, { note: 'thought better of it', ...about });
  } else {
    const what = order.state === 'revision_in_progress' ? 'decideRevision' : 'decideCancellation';
    await ask(world, 'POST', `${place}/${what}`, { decision: change, note: 'so be it' });
  }
}

function wishOf(pick: number): object {
  if (pick % 5 === 0) return { quantity: 1 + (pick % 3) };
  if (pick % 7 === 0) return { drop: true };
  return { characteristics: [{ name: 'speed', value: pick % 2 === 0 ? 'fast' : 'slow' }] };
}

/** Mostly one that the command is possible for: people look before they act. */
function serviceOrderFor(order: CustomerOrder, wish: Command, pick: number): { readonly id: string } | undefined {
  const commanded = order.category === 'Resource' ? 'resource' : 'service';
  const services = renderedOrder(order).domainOrders.filter(({ kind }) => kind === commanded);
  return likely(
    services,
    ({ state, outboundAction }) => {
      if (wish === 'create' || wish === 'revise') return outboundAction === wish;
      return wish === 'update' ? state === 'in_progress' : state === 'on_hold';
    },
    pick,
  );
}

/** Three times in four one of those that suit, if there is any; otherwise any. */
function likely<Thing>(things: readonly Thing[], suits: (thing: Thing) => boolean, pick: number): Thing | undefined {
  const suitable = pick % 4 === 0 ? [] : things.filter(suits);
  const choice = suitable.length > 0 ? suitable : things;
  return choice[pick % choice.length];
}

function ask(world: World, method: string, path: string, body?: unknown): ReturnType<World['ask']> {
  const headers = body === undefined ? {} : { 'content-type': jsonMediaType };
  return world.ask('crm', { to: 'om', method, path, headers, ...(body === undefined ? {} : { body: jsonBody(body) }) });
}
