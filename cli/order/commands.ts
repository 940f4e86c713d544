/** What can be done to an order by hand: each command with its request, made from the order and the words behind the command. */
import type { Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { WrongUse } from '../terminal.ts';
import type { Api } from './api.ts';
import { createMany } from './create-many.ts';
import { characteristicOf, falloutIn, itemIn, lineIn, serviceOrderIn, taskIn, workIn } from './named.ts';

export interface Words {
  readonly about: readonly string[];
  /** Empty when nothing was said. */
  readonly note: string;
}

/** Below the order. */
export interface Asked {
  readonly method?: 'PATCH';
  readonly path: string;
  readonly body?: object;
}

/** `says`: what it does, and which words it needs. After a request of its own the order is shown. */
export type OrderCommand =
  | { readonly says: string; readonly asks: (order: Order, words: Words) => Asked }
  | {
      readonly says: string;
      /** @returns the exit code. */
      readonly carryOut: (api: Api, order: Order, about: readonly string[]) => Promise<number>;
    };

export interface CommandGroup {
  readonly title: string;
  readonly commands: { readonly [name: string]: OrderCommand };
}

const plain = (path: string, says: string): OrderCommand => ({ says, asks: () => ({ path }) });

const noted = (path: string, says: string): OrderCommand => ({
  says: `${says}; needs --note`,
  asks: (_order, { note }) => ({ path, body: said(note) }),
});

const decided = (path: string, says: string): OrderCommand => ({
  says: `approve or decline: ${says}`,
  asks: (_order, { about: [decision], note }) => ({ path, body: { decision, ...said(note) } }),
});

const life: CommandGroup = {
  title: 'The order',
  commands: {
    submit: plain('/submit', 'a draft becomes an order'),
    approve: plain('/approve', 'approves it'),
    reject: noted('/reject', 'says no to it'),
    reopen: noted('/reopen', 'takes that back'),
    hold: noted('/hold', 'nothing of it goes on by itself'),
    release: noted('/release', 'it goes on'),
    'request-information': noted('/requestInformation', 'asks whoever ordered'),
    'take-information': noted('/takeInformation', 'the answer is there'),
    'revise-order': {
      says: 'a line, name=value ...: other values are wanted; without any, the line is not wanted any more',
      asks: (order, { about: [line, ...values], note }) => {
        const wish = values.length === 0 ? { drop: true } : { characteristics: values.map(characteristicOf) };
        return { path: '/revise', body: { ...said(note), items: [{ item: itemIn(order, line), ...wish }] } };
      },
    },
    'decide-revision': decided('/decideRevision', 'the change that waits'),
    'cancel-order': {
      says: 'all of it, or a line with what is below it; needs --note',
      asks: (order, { about: [line], note }) => ({ path: '/cancel', body: { ...said(note), ...lineIn(order, line) } }),
    },
    'decide-cancellation': decided('/decideCancellation', 'the cancellation that waits'),
  },
};

const services: CommandGroup = {
  title: 'Service orders, and what else goes outside',
  commands: {
    create: { says: 'creates the outbound request of each one named', carryOut: createMany },
    revise: {
      says: 'revises the outbound request of one',
      asks: (order, words) => ({ path: `${oneOf(order, words)}/reviseOutboundRequest` }),
    },
    update: {
      says: 'sets characteristics of one: name=value ...',
      asks: (order, words) => ({
        method: 'PATCH',
        path: oneOf(order, words),
        body: { characteristics: words.about.slice(1).map(characteristicOf) },
      }),
    },
    complete: {
      says: 'completes one by hand; needs --note',
      asks: (order, words) => ({ path: `${oneOf(order, words)}/forceComplete`, body: { note: words.note } }),
    },
    cancel: {
      says: 'cancels one by hand; needs --note',
      asks: (order, words) => ({ path: `${oneOf(order, words)}/cancel`, body: { note: words.note } }),
    },
    'send-out': {
      says: 'makes a work order for a task or a domain order, by its number',
      asks: (order, { about }) => ({ path: '/workOrder', body: { about: workIn(order, about[0]) } }),
    },
  },
};

const ofTask = (path: string, says: string): OrderCommand => ({
  says,
  asks: (order, { about }) => ({ path: `/task/${taskIn(order, about[0])}${path}` }),
});

const notedOfTask = (path: string, says: string): OrderCommand => ({
  says: `${says}; needs --note`,
  asks: (order, { about, note }) => ({ path: `/task/${taskIn(order, about[0])}${path}`, body: said(note) }),
});

const tasks: CommandGroup = {
  title: 'Tasks, by number or name',
  commands: {
    'start-task': ofTask('/start', 'somebody begins'),
    'close-task': {
      says: 'it is done; name=value ... for what was found out',
      asks: (order, { about: [task, ...values], note }) => ({
        path: `/task/${taskIn(order, task)}/close`,
        body: { ...(values.length === 0 ? {} : { characteristics: values.map(characteristicOf) }), ...said(note) },
      }),
    },
    'hold-task': notedOfTask('/hold', 'it waits'),
    'release-task': ofTask('/release', 'it goes on'),
    'request-task-information': notedOfTask('/requestInformation', 'something is missing'),
    'take-task-information': notedOfTask('/takeInformation', 'it is there'),
    'assign-task': {
      says: 'to whom, after the task',
      asks: (order, { about: [task, assignedTo] }) => ({
        path: `/task/${taskIn(order, task)}/assign`,
        body: { assignedTo },
      }),
    },
    'reschedule-task': {
      says: 'plannedStart=, plannedEnd= or expectedEnd= with a date and time',
      asks: (order, { about: [task, ...dates], note }) => ({
        path: `/task/${taskIn(order, task)}/dates`,
        body: {
          ...Object.fromEntries(dates.map(characteristicOf).map(({ name, value }) => [name, value])),
          ...said(note),
        },
      }),
    },
    'create-task': {
      says: 'a task of the order itself, by its name',
      asks: (_order, { about: [name] }) => ({ path: '/task', body: { name } }),
    },
  },
};

const ofFallout = (path: string, says: string): OrderCommand => ({
  says: `${says}; needs --note`,
  asks: (order, { about, note }) => ({ path: `/fallout/${falloutIn(order, about[0])}${path}`, body: said(note) }),
});

const fallouts: CommandGroup = {
  title: 'Fallouts, by number',
  commands: {
    'create-fallout': {
      says: 'at a task, and of which type; needs --note',
      asks: (order, { about: [task, type = 'Provisioning Failure'], note }) => ({
        path: `/task/${taskIn(order, task)}/fallout`,
        body: { type, description: note },
      }),
    },
    'retry-fallout': {
      says: 'what failed is tried again',
      asks: (order, { about }) => ({ path: `/fallout/${falloutIn(order, about[0])}/retry` }),
    },
    'mend-fallout': ofFallout('/mend', 'what was wrong is right now'),
    'verify-fallout': ofFallout('/verify', 'somebody has looked, and it is over'),
    'reopen-fallout': ofFallout('/reopen', 'somebody has looked, and it is not'),
    'cancel-fallout': ofFallout('/cancel', 'there was nothing'),
    resolve: ofFallout('/resolve', 'closes it at once'),
  },
};

const questions: CommandGroup = {
  title: 'Questions',
  commands: {
    qualify: {
      says: 'asks whether it can be had: one line at the top, or all',
      asks: (order, { about }) => ({ path: '/qualify', body: lineIn(order, about[0]) }),
    },
    'accept-proposal': {
      says: 'takes what is proposed for a service order, by its number or the first, and asks anew',
      asks: (order, words) => {
        const { qualification } = serviceOrderIn(order, words.about[0]);
        const proposal = words.about[1] ?? qualification?.proposals[0]?.number ?? 'none';
        return { path: `${oneOf(order, words)}/acceptProposal`, body: { proposal } };
      },
    },
    'set-result': {
      says: 'sets the result of a service order or a line by hand: qualified, unqualified, ...',
      asks: (order, { about }) => ({ path: '/qualificationResult', body: resultIn(order, about) }),
    },
    decide: {
      says: 'accept or decline: ends the question, of one line at the top or of all',
      asks: (order, { about: [decision, line], note }) => ({
        path: '/decideQualification',
        body: { decision, ...lineIn(order, line), ...said(note) },
      }),
    },
  },
};

export const commandGroups: readonly CommandGroup[] = [life, services, tasks, fallouts, questions];

/** Throws `WrongUse` when there is none of that name. */
export function commandNamed(name: string): OrderCommand {
  const found = commandGroups.map(({ commands }) => commands).find((commands) => Object.hasOwn(commands, name))?.[name];
  if (found !== undefined) return found;
  const known = commandGroups.flatMap(({ commands }) => Object.keys(commands)).join(', ');
  throw new WrongUse(`There is no command "${name}". There are: show, ${known}`);
}

function said(note: string): { note?: string } {
  return note === '' ? {} : { note };
}

function oneOf(order: Order, { about }: Words): string {
  return `/serviceOrder/${serviceOrderIn(order, about[0]).id}`;
}

function resultIn(found: Order, [about, result]: readonly string[]): { about?: string; result: string | undefined } {
  const isServiceOrder = found.domainOrders.some((each) =>
    [each.number, each.id, each.specification].includes(about ?? ''),
  );
  const id = isServiceOrder ? serviceOrderIn(found, about).id : lineIn(found, about).line;
  return { ...(id === undefined ? {} : { about: id }), result };
}
