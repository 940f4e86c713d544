/** How an order looked, one look after another -> the steps of a script that make it look so, and tell it so. */
import { type SaidObject, saidObjects, saidText } from '../../contracts/records/said.ts';
import { textOfDurationMs } from '../../contracts/schemas/text.ts';
import { pathTo, type State } from '../script/lifecycle.ts';
import type { SomItem } from '../script/selecting.ts';
import type { DeedInFile, Noticed, StepInFile, Tell } from '../script/step.ts';
import type { Look } from './looks.ts';

/** A step, with its times as they were seen. */
export interface LearnedStep {
  readonly afterMs: number;
  readonly delayMs: number;
  /** All of it but its times. */
  readonly written: Omit<StepInFile, 'after' | 'delay'>;
}

export interface Beginning {
  readonly items: readonly SomItem[];
  readonly state: State;
  /** As the answer showed it. */
  readonly order: SaidObject;
  readonly askedAt: number;
  readonly answeredAt: number;
  /** From when on somebody heard what was told; `undefined` when nobody did. */
  readonly heardFrom: number | undefined;
}

/** What a look says that no step could bring about. */
export type Unlearned = (what: string) => void;

export function stepsOf(looks: readonly Look[], beginning: Beginning, unlearned: Unlearned): LearnedStep[] {
  const { items, askedAt, answeredAt, heardFrom } = beginning;
  const states = new Map(items.map(({ id }) => [id, beginning.state]));
  let order = beginning.order;
  let message: string | undefined;
  let since = answeredAt;
  return looks.flatMap((look, index) => {
    const moves = movesOf(look, items, states);
    const news = messageIn(look.order);
    const deeds = [
      ...moves.map((move) => ({ ...move, ...(news === undefined || news === message ? {} : { message: news }) })),
      ...noticesOf(look, order, moves.length, unlearned),
    ];
    if (deeds.length === 0) return [];
    message = news;
    order = { ...order, ...look.order };
    const isEarly = index === 0 && look.at < answeredAt;
    const afterMs = Math.max(0, look.at - (isEarly ? askedAt : since));
    since = look.at;
    const isHeard = heardFrom !== undefined && heardFrom <= look.at;
    return deeds.map((deed, place) => {
      const isLast = place === deeds.length - 1;
      const written = { ...deed, ...(isLast ? tellingOf(look, items, isHeard) : { tell: 'nothing' as const }) };
      const early = isEarly && place === 0 ? { since: 'request' as const } : {};
      const delayMs = isLast ? (look.told?.delayMs ?? 0) : 0;
      return { afterMs: place === 0 ? afterMs : 0, delayMs, written: { ...early, ...written } };
    });
  });
}

/** One for each set of items that came to the same state, with a stop in between where the lifecycle has no other way. */
function movesOf(look: Look, items: readonly SomItem[], states: Map<string, State>): DeedInFile[] {
  const uniform = [...look.items.values()].every((state) => state === look.state) ? look.state : undefined;
  const wanted = items.flatMap((item) => {
    const state = look.items.get(item.id) ?? uniform;
    return state === undefined || state === states.get(item.id) ? [] : [{ item, state }];
  });
  return [...Map.groupBy(wanted, ({ state }) => state)].flatMap(([state, changed]) => {
    const concerned = changed.map(({ item }) => item);
    const paths = concerned.map(({ id }) => pathTo(states.get(id) ?? state, state));
    for (const { id } of concerned) states.set(id, state);
    const selected = concerned.length === items.length ? {} : { items: selectorFor(concerned, items) };
    const between = paths.every((path) => path?.length === 2) ? (paths[0]?.[0] ?? state) : state;
    const move = { state, ...selected, ...(paths.includes(undefined) ? { regardless: true } : {}) };
    return between === state ? [move] : [{ state: between, ...selected }, move];
  });
}

/** By specification or action where that says it: ids differ from order to order. */
function selectorFor(chosen: readonly SomItem[], items: readonly SomItem[]): NonNullable<StepInFile['items']> {
  const others = items.filter((item) => !chosen.includes(item));
  for (const column of ['specification', 'action'] as const) {
    const values = new Set(chosen.map((item) => item[column] ?? ''));
    if (!values.has('') && !others.some((item) => values.has(item[column] ?? '')))
      return { [column]: cell([...values]) };
  }
  return { id: cell(chosen.map(({ id }) => id)) };
}

function cell(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function tellingOf(
  { told, items: spoken }: Look,
  items: readonly SomItem[],
  isHeard: boolean,
): { tell?: Tell; times?: number; only?: NonNullable<StepInFile['items']> } {
  if (told === undefined) return isHeard ? { tell: 'nothing' } : {};
  const some = items.filter(({ id }) => spoken.has(id));
  return {
    ...(told.times === 1 ? {} : { times: Math.min(100, told.times) }),
    ...(some.length === 0 || some.length === items.length ? {} : { only: selectorFor(some, items) }),
  };
}

/** What happened besides states: milestones, jeopardies, missing information, attributes, or the same told once more. */
function noticesOf(look: Look, before: SaidObject, moves: number, unlearned: Unlearned): DeedInFile[] {
  const { told, order, state } = look;
  if (told === undefined) return [];
  const newest = (attribute: keyof typeof noticeable) => noticedIn(saidObjects(order[attribute]).at(-1), attribute);
  switch (told.kind) {
    case 'Milestone': {
      const milestone = newest('milestone');
      return milestone === undefined ? [] : [{ milestone }];
    }
    case 'Jeopardy': {
      const jeopardy = newest('jeopardyAlert');
      return jeopardy === undefined ? [] : [{ jeopardy }];
    }
    case 'InformationRequired':
      return [{ informationRequired: told.event.fieldPath ?? 'serviceOrder' }];
  }
  if (moves > 0) return [];
  const attributes = changedAttributes(order, before, told.event.eventTime ?? look.at);
  if (told.kind === 'AttributeValueChange' && Object.keys(attributes).length > 0) return [{ attributes }];
  const isUniform = [...look.items.values()].every((each) => each === state);
  if (told.kind === 'StateChange' && state !== undefined && isUniform) return [{ say: state }];
  unlearned(`an event ${told.kind} that shows nothing new`);
  return [];
}

/** What a script says of them. */
const noticeable = {
  milestone: ['description', 'message', 'status'],
  jeopardyAlert: ['jeopardyType', 'exception', 'message'],
} as const;

function noticedIn(notice: SaidObject | undefined, kind: keyof typeof noticeable): Noticed | undefined {
  const name = saidText(notice?.name);
  if (notice === undefined || name === undefined) return undefined;
  const texts = noticeable[kind].flatMap((attribute) => {
    const text = saidText(notice[attribute]);
    return text === undefined ? [] : [[attribute, text] as const];
  });
  return { name, ...Object.fromEntries(texts) };
}

/** What a script does not set, because it follows from what does happen. */
const consequences = new Set([
  'id',
  'href',
  'state',
  'serviceOrderItem',
  'orderDate',
  'startDate',
  'completionDate',
  'errorMessage',
  'milestone',
  'jeopardyAlert',
]);

/** An instant to come is written as the time until then. */
function changedAttributes(order: SaidObject, before: SaidObject, at: number): { [name: string]: unknown } {
  const changed = Object.entries(order).filter(
    ([name, value]) => !consequences.has(name) && JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed.map(([name, value]) => [name, relative(value, at)]));
}

function relative(value: unknown, at: number): unknown {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return value;
  const aheadMs = Date.parse(value) - at;
  return aheadMs > 0 ? `+${textOfDurationMs(aheadMs)}` : value;
}

function messageIn(order: SaidObject): string | undefined {
  const own = saidObjects(order.errorMessage).at(-1);
  const ofItems = saidObjects(order.serviceOrderItem).flatMap((item) => saidObjects(item.errorMessage));
  return saidText((own ?? ofItems.at(-1))?.message);
}
