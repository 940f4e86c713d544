/** That a step moves nothing but by its tables: what it tells of each thing leads from where that was to where it is. */
import {
  cancellationRequestTable,
  dispatchCancellationTable,
} from '../../../engine/model/cancellation/cancellation-table.ts';
import { falloutTable } from '../../../engine/model/fallout/table.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Outcome, StateChange } from '../../../engine/model/outcome.ts';
import { qualificationRequestTable } from '../../../engine/model/qualification/request-table.ts';
import { revisionTable } from '../../../engine/model/revision/revision-table.ts';
import { nextState, type StateTable } from '../../../engine/model/state-table.ts';
import {
  customerOrderTable,
  domainOrderTable,
  orderLineTable,
  outboundRequestTable,
} from '../../../engine/model/state-tables.ts';
import { taskTable } from '../../../engine/model/tasks/task-table.ts';

type AnyTable = StateTable<string, string>;

interface Thing {
  readonly state: string;
  readonly previousState?: string;
}

/** What is wrong; nothing when all of it is legal. */
export function illegalMoves(
  before: CustomerOrder | undefined,
  { order, story }: Extract<Outcome, { ok: true }>,
): string[] {
  const was = before === undefined ? new Map<string, Thing>() : thingsOf(before);
  const moves = Map.groupBy(story.moves, ({ thing, id }) => `${thing} ${id}`);
  const complaints = [...thingsOf(order)].flatMap(([key, now]) => {
    const end = follow(key, was.get(key), moves.get(key) ?? []);
    if (typeof end !== 'string') return end;
    return end === now.state ? [] : [`${key} is ${now.state}, and its moves lead to ${end}`];
  });
  return complaints;
}

/** Where the moves lead, or why they cannot be. */
function follow(key: string, before: Thing | undefined, moves: readonly StateChange[]): string | string[] {
  const table = tableOf(key);
  let state = before?.state ?? '';
  let remembered = before?.previousState;
  for (const { event, from, to } of moves) {
    if (event === 'create') {
      if (state !== '' || !table.initial.includes(to)) return [`${key} comes into being as ${to}`];
    } else if (event === 'undone' || event === 'redone') {
      // What was closed stays so.
      if (from !== 'closed_complete' || to !== from || state !== from) return [`${key} is ${state}, and was ${event}`];
    } else {
      if (from !== state) return [`${key} is ${state}, and is moved from ${from} by ${event}`];
      const next = nextState(table, state, event, remembered);
      if (next !== to) return [`${key} is moved from ${from} to ${to} by ${event}`];
      if (['hold', 'requestCancellation'].includes(event)) remembered = from;
    }
    state = to;
  }
  return state === '' ? [`${key} has come from nowhere`] : state;
}

const tables: { readonly [thing: string]: AnyTable } = {
  order: customerOrderTable,
  line: orderLineTable,
  domainOrder: domainOrderTable,
  outboundRequest: outboundRequestTable,
  fallout: falloutTable,
  qualificationRequest: qualificationRequestTable,
  task: taskTable,
  revision: revisionTable,
};

/** A cancellation is a request of ours, or what became of it outside: the former has the id of the order in it. */
function tableOf(key: string): AnyTable {
  const [thing = '', id = ''] = key.split(' ');
  if (thing === 'cancellation') return id.includes('-') ? cancellationRequestTable : dispatchCancellationTable;
  const table = tables[thing];
  if (table === undefined) throw new Error(`no table for ${key}`);
  return table;
}

function thingsOf(order: CustomerOrder): Map<string, Thing> {
  const things: [string, Thing][] = [
    [`order ${order.id}`, order],
    ...order.lines.map((each): [string, Thing] => [`line ${each.id}`, each]),
    ...order.domainOrders.map((each): [string, Thing] => [`domainOrder ${each.id}`, each]),
    ...order.outboundRequests.map((each): [string, Thing] => [`outboundRequest ${each.number}`, each]),
    ...order.fallouts.map((each): [string, Thing] => [`fallout ${each.id}`, each]),
    ...order.qualificationRequests.map((each): [string, Thing] => [`qualificationRequest ${each.id}`, each]),
    ...order.tasks.map((each): [string, Thing] => [`task ${each.id}`, each]),
    ...(order.cancellations ?? []).map((each): [string, Thing] => [`cancellation ${each.id}`, each]),
    ...(order.revisions ?? []).map((each): [string, Thing] => [`revision ${each.id}`, each]),
    ...order.dispatches.flatMap(({ requestId, cancellation }): [string, Thing][] =>
      cancellation === undefined ? [] : [[`cancellation ${requestId}`, cancellation]],
    ),
  ];
  return new Map(things);
}
