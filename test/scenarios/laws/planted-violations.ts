/** What is left of lawful runs, each with one thing in it that breaks one invariant. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import type { OrderTask } from '../../../engine/model/tasks/task.ts';
import type { Evidence } from '../../../scenarios/laws/evidence.ts';
import { policiesOf } from '../../support/orders.ts';
import {
  answered,
  apart,
  assessed,
  assessedQuestion,
  completed,
  declined,
  domainOrder,
  failed,
  inLastStep,
  noReturn,
  oneOf,
  revisedWrongly,
  sent,
  stepMore,
  suspended,
  taken,
  undoing,
  undone,
} from './lawful-runs.ts';
import { madeWrong } from './planted-in-revisions.ts';

export interface Planted {
  readonly invariant: number;
  readonly what: string;
  readonly plant: () => Evidence;
}

const any = () => true;

const headerTask: OrderTask = {
  id: 'call',
  number: 'TASK0000099',
  name: 'call the customer',
  state: 'open',
  about: { kind: 'header' },
  by: 'manual',
  after: [],
  durationMs: 0,
};

/** A note that names the first record, as one about it would. */
function noted({ workNotes, outboundRequests: [record] }: CustomerOrder): Pick<CustomerOrder, 'workNotes'> {
  const { number = '', serviceOrder: about = '' } = record ?? {};
  return { workNotes: [...workNotes, { at: 0, about, text: `Outbound request ${number} is looked at` }] };
}

function recordsOf({ outboundRequests }: CustomerOrder, changes: Partial<(typeof outboundRequests)[number]>) {
  return { outboundRequests: oneOf(outboundRequests, any, changes) };
}

const lastSent = ({ evidence }: { readonly evidence: Evidence }) =>
  (evidence.orders[0]?.history ?? [])
    .flatMap(({ effects }) => effects)
    .filter((effect) => effect.type === 'SendOutboundRequest')
    .slice(-1);

const reportAbout = (order: CustomerOrder | undefined, place: number) => ({
  type: 'ReportFulfillment',
  via: 'event',
  requestId: order?.outboundRequests[place]?.requestId,
  reports: [{ serviceOrder: order?.outboundRequests[place]?.serviceOrder, state: 'error' }],
});

const lineMove = (order: CustomerOrder | undefined, event: string) => {
  const { id, number } = order?.lines[0] ?? {};
  return { thing: 'line', id, number, event, from: 'in_progress', to: 'assessing_cancellation' };
};

const lives: readonly Planted[] = [
  {
    invariant: 1,
    what: 'a domain order that was closed is in progress',
    plant: () =>
      stepMore(completed(), (order) => domainOrder(order, ({ kind }) => kind === 'resource', { state: 'in_progress' })),
  },
  {
    invariant: 1,
    what: 'a task that was canceled is open',
    plant: () =>
      stepMore(undone(), ({ tasks }) => ({
        tasks: oneOf(tasks, ({ state }) => state === 'canceled', { state: 'open' }),
      })),
  },
  {
    invariant: 1,
    what: 'a task that was closed is gone on with, and nobody has said redo',
    plant: () =>
      stepMore(undoing(), ({ tasks }) => ({
        tasks: oneOf(tasks, ({ state }) => state === 'closed_complete', { state: 'in_progress' }),
      })),
  },
  {
    invariant: 1,
    what: 'a task that was closed is done again, and no revision was approved',
    plant: () => {
      const life = undoing();
      const closed = life.order?.tasks.find(({ state }) => state === 'closed_complete');
      const move = { thing: 'task', id: closed?.id, number: closed?.number, event: 'redo', to: 'in_progress' };
      return stepMore(
        life,
        ({ tasks }) => ({ tasks: oneOf(tasks, ({ id }) => id === closed?.id, { state: 'in_progress' }) }),
        { moves: [move] },
      );
    },
  },
  {
    invariant: 1,
    what: 'a request to cancel that was declined is assessed',
    plant: () =>
      stepMore(declined(), ({ cancellations = [] }) => ({
        cancellations: oneOf(cancellations, any, { state: 'assessing' }),
      })),
  },
  {
    invariant: 1,
    what: 'a discarded record is pending',
    plant: () => stepMore(failed(), (order) => ({ ...recordsOf(order, { state: 'not_applicable' }), ...noted(order) })),
  },
  {
    invariant: 2,
    what: 'an order is completed, and a line of it is not',
    plant: () => stepMore(taken(), () => ({ state: 'completed' })),
  },
  {
    invariant: 2,
    what: 'all lines are completed, and the order is not',
    plant: () => inLastStep(completed().evidence, ({ order }) => ({ order: { ...order, state: 'in_progress' } })),
  },
  {
    invariant: 2,
    what: 'an order is completed, and a task of it is open',
    plant: () => stepMore(completed(), ({ tasks }) => ({ tasks: [...tasks, headerTask] })),
  },
  {
    invariant: 3,
    what: 'a domain order has no line',
    plant: () =>
      inLastStep(sent().evidence, ({ order }) => ({
        order: { ...order, ...domainOrder(order, any, { line: 'none' }) },
      })),
  },
  {
    invariant: 3,
    what: 'a domain order stands below itself',
    plant: () =>
      stepMore(sent(), (order) =>
        domainOrder(order, any, { parent: order.domainOrders.find(({ parent }) => parent !== undefined)?.id ?? '' }),
      ),
  },
  {
    invariant: 3,
    what: 'a domain order has gone over to another line',
    plant: () =>
      stepMore(sent(), (order) =>
        domainOrder(order, ({ line }) => line === order.lines[0]?.id, { line: order.lines[1]?.id ?? '' }),
      ),
  },
  {
    invariant: 4,
    what: 'an order that asks has a resource order',
    plant: () => stepMore(answered(), (order) => domainOrder(order, any, { kind: 'resource' })),
  },
  {
    invariant: 5,
    what: 'two service orders have one number',
    plant: () =>
      stepMore(sent(), (order) => domainOrder(order, any, { number: order.domainOrders.at(-1)?.number ?? '' })),
  },
  {
    invariant: 5,
    what: 'two orders have one Request ID',
    plant: () => {
      const { evidence } = sent();
      const steps = evidence.orders[0]?.history.map(renumbered) ?? [];
      const [last] = steps.slice(-1);
      if (last === undefined) throw new Error('there is an order');
      return { ...evidence, orders: [...evidence.orders, { order: last.order, history: steps }] };
    },
  },
  {
    invariant: 5,
    what: 'what goes out names a service order that has no record of it',
    plant: () =>
      inLastStep(sent().evidence, ({ effects }) => ({
        effects: effects.map((effect) =>
          effect.type === 'SendOutboundRequest'
            ? {
                ...effect,
                payload: { ...effect.payload, items: oneOf(effect.payload.items, any, { serviceOrder: 'none' }) },
              }
            : effect,
        ),
      })),
  },
];

const requests: readonly Planted[] = [
  {
    invariant: 6,
    what: 'a record is pending, and nobody has answered',
    plant: () => stepMore(sent(), (order) => ({ ...recordsOf(order, { state: 'pending' }), ...noted(order) })),
  },
  {
    invariant: 7,
    what: 'a record of a dispatch that failed counts still',
    plant: () =>
      inLastStep(failed().evidence, ({ order }) => ({
        order: { ...order, ...recordsOf(order, { state: 'not_applicable' }) },
      })),
  },
  {
    invariant: 7,
    what: 'a service order whose dispatch failed cannot be sent again',
    plant: () =>
      inLastStep(failed().evidence, ({ order }) => ({
        order: {
          ...order,
          ...domainOrder(order, ({ kind }) => kind === 'service', { work: { by: 'automatic', done: false } }),
        },
      })),
  },
  {
    invariant: 8,
    what: 'updates are available, and nothing was accepted',
    plant: () =>
      stepMore(sent(), (order) => domainOrder(order, ({ kind }) => kind === 'service', { updatesAvailable: true })),
  },
  {
    invariant: 8,
    what: 'updates are available, and nothing has changed since',
    plant: () =>
      stepMore(taken(), (order) => domainOrder(order, ({ kind }) => kind === 'service', { updatesAvailable: true })),
  },
  {
    invariant: 9,
    what: 'a report about one request moves the record of another',
    plant: () => {
      const life = apart();
      return stepMore(life, (order) => ({ ...recordsOf(order, { state: 'error' }), ...noted(order) }), {
        input: { ...reportAbout(life.order, 1), reports: [] },
      });
    },
  },
  {
    invariant: 9,
    what: 'the same report again does something',
    plant: () =>
      inLastStep(completed().evidence, ({ order, story, entry }) => ({
        repeated: { ok: true, order: { ...order, description: 'heard twice' }, effects: [], story },
        entry,
      })),
  },
  {
    invariant: 16,
    what: 'a service order is closed, and its record is pending',
    plant: () =>
      stepMore(taken(), (order) =>
        domainOrder(order, ({ work }) => work?.by === 'external', { state: 'closed_complete' }),
      ),
  },
  {
    invariant: 17,
    what: 'a record was made, and no note says so',
    plant: () =>
      inLastStep(sent().evidence, ({ order }) => ({ order: { ...order, workNotes: order.workNotes.slice(0, -1) } })),
  },
];

const changes: readonly Planted[] = [
  {
    invariant: 10,
    what: 'some lines have passed the point of no return, and some have not',
    plant: () => stepMore(sent(), ({ lines }) => ({ lines: oneOf(lines, any, { pointOfNoReturn: true }) })),
  },
  {
    invariant: 10,
    what: 'an order comes back from it',
    plant: () =>
      stepMore(noReturn(), ({ pointOfNoReturn: _passed, lines }) => ({
        lines: lines.map(({ pointOfNoReturn: _of, ...line }) => line),
        pointOfNoReturn: false as unknown as true, // what an order has that has not
      })),
  },
  {
    invariant: 10,
    what: 'a line is to be canceled after it',
    plant: () => {
      const life = noReturn();
      return stepMore(life, () => ({}), { moves: [lineMove(life.order, 'requestCancellation')] });
    },
  },
  {
    invariant: 10,
    what: 'a request to cancel is taken after it',
    plant: () => stepMore(noReturn(), () => ({}), { input: { type: 'CancelOrder', note: 'moved' } }),
  },
  {
    invariant: 11,
    what: 'the version has risen, and nobody has asked for anything',
    plant: () => stepMore(taken(), ({ version }) => ({ version: version + 1 })),
  },
  {
    invariant: 11,
    what: 'a request to cancel is taken up, and the version is the same',
    plant: () => inLastStep(assessed().evidence, ({ order }) => ({ order: { ...order, version: 1 } })),
  },
  {
    invariant: 12,
    what: 'what is being assessed is sent once more',
    plant: () => {
      const life = assessed();
      return stepMore(life, () => ({}), { effects: lastSent(life) });
    },
  },
  {
    invariant: 12,
    what: 'a task of what is being assessed closes',
    plant: () => {
      const life = assessed();
      const move = {
        thing: 'task',
        id: headerTask.id,
        number: headerTask.number,
        event: 'close',
        to: 'closed_complete',
      };
      return stepMore(life, ({ tasks }) => ({ tasks: [...tasks, { ...headerTask, state: 'closed_complete' }] }), {
        moves: [move],
      });
    },
  },
  {
    invariant: 12,
    what: 'a report about what is being assessed is dropped',
    plant: () => {
      const life = assessed();
      return stepMore(life, () => ({}), { input: reportAbout(life.order, 0) });
    },
  },
  {
    invariant: 10,
    what: 'a line is another after it',
    plant: () => stepMore(noReturn(), ({ lines }) => ({ lines: oneOf(lines, any, { quantity: 2 }) })),
  },
  {
    invariant: 12,
    what: 'what is being assessed is asked once more',
    plant: () => {
      const life = assessedQuestion();
      const effects = life.history.flatMap((step) => step.effects);
      return stepMore(life, () => ({}), {
        effects: effects.filter(({ type }) => type === 'SendQualificationRequest').slice(0, 1),
      });
    },
  },
  {
    invariant: 12,
    what: 'something is put aside for a revision, and there is none to decide about',
    plant: () =>
      stepMore(taken(), ({ tasks }) => ({
        tasks: [...tasks, { ...headerTask, state: 'on_hold', heldFor: 'revision' }],
      })),
  },
];

/** A step of the tree that was suspended, otherwise. */
function inTree(lawful: Evidence, place: number, change: (tree: Tree) => Partial<Tree>): Evidence {
  const [first, ...others] = lawful.trees.filter(({ states }) =>
    states.some(({ tree }) => tree.operations !== undefined),
  );
  if (first === undefined) throw new Error('there is a tree');
  const at = place < 0 ? first.states.length + place : place;
  const states = first.states.map((state, index) =>
    index === at ? { ...state, tree: { ...state.tree, ...change(state.tree) } } : state,
  );
  return { ...lawful, trees: [{ states }, ...others] };
}

type Tree = Evidence['trees'][number]['states'][number]['tree'];

const refusing = policiesOf({ policies: 'refuse', invalidCharacteristics: 'refuse', outbound: { rows: [] } });
const recognizing = policiesOf({ policies: 'once', repeatedOrders: 'recognized', outbound: { rows: [] } });

const others: readonly Planted[] = [
  {
    invariant: 14,
    what: 'a domain order has a priority of its own that nobody gave it',
    plant: () => stepMore(taken(), (order) => domainOrder(order, any, { priority: 'low' })),
  },
  {
    invariant: 15,
    what: 'a line is unqualified, and its service orders are qualified',
    plant: () =>
      stepMore(answered(), ({ lines }) => ({ lines: oneOf(lines, any, { qualificationResult: 'unqualified' }) })),
  },
  {
    invariant: 18,
    what: 'an order with an invalid value is approved without a word',
    plant: () =>
      inLastStep(sent().evidence, ({ order }) => ({
        order: { ...order, workNotes: order.workNotes.filter(({ text }) => !text.startsWith('Approved, though')) },
      })),
  },
  {
    invariant: 18,
    what: 'a revision with an invalid value is approved without a word',
    plant: () =>
      inLastStep(revisedWrongly().evidence, ({ order }) => ({
        order: { ...order, workNotes: order.workNotes.filter(({ text }) => !text.startsWith('Approved, though')) },
      })),
  },
  {
    invariant: 18,
    what: 'an order with an invalid value is approved, and the policies refuse that',
    plant: () => ({ ...sent().evidence, policies: new Map([['p', refusing]]) }),
  },
  {
    invariant: 19,
    what: 'a service is suspended a day early',
    plant: () =>
      inTree(suspended(4), -1, ({ operations = [] }) => ({
        operations: oneOf(operations, any, { due: (operations[0]?.due ?? 0) + 86_400_000 }),
      })),
  },
  {
    invariant: 19,
    what: 'a service is suspended, and nothing was due',
    plant: () =>
      inTree(suspended(1), -1, ({ items }) => ({
        items: oneOf(items, ({ status }) => status === 'active', { status: 'suspended' }),
      })),
  },
  {
    invariant: 19,
    what: 'the day of a suspension has come, and it is not done',
    plant: () =>
      inTree(suspended(4), -1, ({ items, operations = [] }) => ({
        items: oneOf(items, ({ status }) => status === 'suspended', { status: 'active' }),
        operations: oneOf(operations, any, { state: 'scheduled' }),
      })),
  },
  {
    invariant: 19,
    what: 'what is resumed before its suspension is suspended all the same',
    plant: () =>
      inTree(suspended(1, 2), -1, ({ operations = [] }) => ({
        operations: operations.map((each) => ({ ...each, state: 'scheduled' })),
      })),
  },
  {
    invariant: 20,
    what: 'the same order comes in twice, and should be recognized',
    plant: () => {
      const { evidence } = sent();
      const [capture] = evidence.orders[0]?.history.map(renumbered) ?? [];
      if (capture === undefined) throw new Error('there is an order');
      const again = { order: capture.order, history: [capture] };
      return { ...evidence, policies: new Map([['p', recognizing]]), orders: [...evidence.orders, again] };
    },
  },
];

/** The same step of an order with other numbers. */
function renumbered(step: ReplayedStep): ReplayedStep {
  const text = JSON.stringify(step).replaceAll(/\b(ORDL?|[PSR]O|FO|TASK)0(?=\d{6})/g, (_all, series) => `${series}9`);
  return JSON.parse(text);
}

export const plantedViolations: readonly Planted[] = [...lives, ...requests, ...changes, ...madeWrong, ...others];
