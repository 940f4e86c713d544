/** A trace -> the life of each order in it: how it was answered, and what happened to it of its own accord. */
import {
  answeredJson,
  isSaidObject,
  type SaidObject,
  saidObject,
  saidObjects,
  saidText,
  statusOf,
} from '../../contracts/records/said.ts';
import { terminalStates } from '../script/lifecycle.ts';
import type { SomItem } from '../script/selecting.ts';
import type { SomScript } from '../som-script.ts';
import { type Answered, answerIn } from './answers.ts';
import { looksOf } from './looks.ts';
import type { Create, Reading, Told } from './reading.ts';
import { type LearnedStep, stepsOf, type Unlearned } from './steps.ts';

export interface Life {
  readonly items: readonly SomItem[];
  readonly attempt: number;
  readonly answer: Answered['written'];
  readonly latencyMs: number;
  /** That it had been made was told, or could have been heard and was not; `undefined` when nobody listened. */
  readonly isAnnounced: boolean | undefined;
  readonly steps: readonly LearnedStep[];
  /** False: it was not seen to the end. */
  readonly isWhole: boolean;
}

export interface Lives {
  readonly lives: readonly Life[];
  readonly duplicates: SomScript['duplicates'];
}

export function livesOf(reading: Reading, unlearned: Unlearned): Lives {
  const made = new Map<string, string | undefined>();
  let duplicates: SomScript['duplicates'] = 'same';
  const lives = reading.creates.flatMap((create) => {
    const { externalId, exchange } = create;
    const answered = answerIn(exchange, takenUnseen(create, reading));
    const known = externalId !== undefined && made.has(externalId);
    if (known) {
      const [id, before] = [answered.kind === 'taken' ? answered.id : undefined, made.get(externalId)];
      if (id !== undefined && before !== undefined && id !== before) duplicates = 'new';
      else if (statusOf(exchange) === 409) duplicates = 'conflict';
      // What follows is about the order that there is.
      if (duplicates !== 'new') return [];
    }
    if (externalId !== undefined && answered.kind === 'taken') made.set(externalId, answered.id);
    return [lifeOf(create, answered, reading, unlearned)];
  });
  return { lives, duplicates };
}

/** The order as somebody saw it before it was asked for again, when its answer did not arrive. */
function takenUnseen({ externalId, exchange, attempt }: Create, reading: Reading): SaidObject | undefined {
  if (externalId === undefined || isSaidObject(answeredJson(exchange))) return undefined;
  const again = reading.creates.find((other) => other.externalId === externalId && other.attempt === attempt + 1);
  const until = again?.exchange.sentOrder ?? Number.POSITIVE_INFINITY;
  const seen = [...reading.told, ...reading.shown].find(
    ({ order, exchange: { sentOrder } }) =>
      order.externalId === externalId && sentOrder > exchange.sentOrder && sentOrder < until,
  );
  return seen?.order;
}

function lifeOf(create: Create, answered: Answered, reading: Reading, unlearned: Unlearned): Life {
  const { exchange, body, attempt } = create;
  const items = itemsOf(body);
  const answeredAt = exchange.endedAt;
  const common = { items, attempt, answer: answered.written, latencyMs: answeredAt - exchange.sentAt };
  if (answered.kind === 'not taken' || answered.id === undefined) {
    return { ...common, isAnnounced: undefined, steps: [], isWhole: true };
  }
  const { id, state } = answered;
  const meddled = reading.meddled.get(id);
  const until = meddled?.sentOrder ?? Number.POSITIVE_INFINITY;
  const isOwn = ({ order, exchange: { sentOrder } }: Pick<Told, 'order' | 'exchange'>) =>
    order.id === id && sentOrder < until;
  if (meddled !== undefined) {
    const { method, path } = meddled.request;
    unlearned(
      `what became of an order after ${method} ${path.includes('cancel') ? 'cancelServiceOrder' : 'serviceOrder/{id}'}`,
    );
  }
  const told = fromOneSubscription(reading.told.filter(isOwn));
  const [making, later] = [told.filter(({ kind }) => kind === 'Create'), told.filter(({ kind }) => kind !== 'Create')];
  const looks = looksOf(later, reading.shown.filter(isOwn), {
    beganAt: answeredAt,
    clockAheadMs: reading.clockAheadMs,
  });
  const order = saidObject(answeredJson(exchange));
  const heardFrom = reading.listening?.endedAt;
  const isAnnounced = heardFrom === undefined || heardFrom > answeredAt ? undefined : making.length > 0;
  const steps = stepsOf(looks, { items, state, order, askedAt: exchange.sentAt, answeredAt, heardFrom }, unlearned);
  const end = looks.at(-1)?.state ?? state;
  return { ...common, isAnnounced, steps, isWhole: meddled === undefined && terminalStates.includes(end) };
}

/** Every subscription is told the same; the one that was told most says it all. */
function fromOneSubscription(told: readonly Told[]): Told[] {
  const groups = Map.groupBy(told, ({ subscription }) => subscription);
  return [...groups.values()].toSorted((one, other) => other.length - one.length)[0] ?? [];
}

/** The items of an order and those in them, outer before inner. */
function itemsOf(holder: SaidObject): SomItem[] {
  return saidObjects(holder.serviceOrderItem).flatMap((item) => {
    const { id } = saidObject(saidObject(item.service).serviceSpecification);
    const own = { id: saidText(item.id) ?? '', action: saidText(item.action) ?? 'add', specification: saidText(id) };
    return [own, ...itemsOf(item)];
  });
}
