/** `southbound order`: looks into an order of a running `serve`, and does by hand what its operators can do. */
import { inspect } from 'node:util';
import type { DomainOrder, Order, OutboundRequestOutcomes } from '../contracts/schemas/southbound-api.generated.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { jsonBody, jsonMediaType } from '../exchange/message.ts';
import { freshSeed } from '../kernel/chance.ts';
import { SystemKernel } from '../kernel/system-kernel.ts';
import { tokenFrom } from './access/tokens.ts';
import { colour, say, WrongUse } from './terminal.ts';

export interface OrderOptions {
  /** Where the order management is. */
  readonly url: string;
  readonly as?: string;
  /** The variable that holds a token. */
  readonly tokenFrom?: string;
  readonly note?: string;
}

const commands = {
  show: 'looks into it',
  approve: 'approves it',
  create: 'creates the outbound request of each service order named',
  revise: 'revises the outbound request of a service order',
  update: 'sets characteristics of a service order: name=value ...',
  complete: 'completes a service order by hand; needs --note',
  cancel: 'cancels a service order by hand; needs --note',
  'send-out': 'makes a work order for a task or a domain order, by its number',
  resolve: 'closes a fallout, by its number; needs --note',
  qualify: 'asks whether it can be had: one line at the top, or all',
  'accept-proposal': 'takes what is proposed for a service order, by its number or the first, and asks anew',
  'set-result': 'sets the result of a service order or a line by hand: qualified, unqualified, ...',
  decide: 'accept or decline: ends the question, of one line at the top or of all',
} as const;

export const orderCommands: readonly string[] = Object.entries(commands).map(
  ([name, about]) => `${name.padEnd(15)} ${about}`,
);

/** @param about numbers, ids or specifications of service orders, and of what else goes outside; the number of a fallout; or name=value. */
export async function order(
  id: string,
  command: string,
  about: readonly string[],
  options: OrderOptions,
): Promise<number> {
  const api = new Api(options);
  try {
    return await carryOut(api, id, command, about, options.note ?? '');
  } finally {
    api.close();
  }
}

async function carryOut(
  api: Api,
  id: string,
  command: string,
  about: readonly string[],
  note: string,
): Promise<number> {
  const path = `/order/${encodeURIComponent(id)}`;
  const found = await api.ask<Order>('GET', path);
  const one = () => `${path}/serviceOrder/${serviceOrderIn(found, about[0]).id}`;
  switch (command) {
    case 'show':
      return shown(found);
    case 'approve':
      return shown(await api.ask<Order>('POST', `${path}/approve`));
    case 'create':
      return createMany(api, found, about);
    case 'revise':
      return shown(await api.ask<Order>('POST', `${one()}/reviseOutboundRequest`));
    case 'update':
      return shown(await api.ask<Order>('PATCH', one(), { characteristics: about.slice(1).map(characteristicOf) }));
    case 'complete':
      return shown(await api.ask<Order>('POST', `${one()}/forceComplete`, { note }));
    case 'cancel':
      return shown(await api.ask<Order>('POST', `${one()}/cancel`, { note }));
    case 'send-out':
      return shown(await api.ask<Order>('POST', `${path}/workOrder`, { about: workIn(found, about[0]) }));
    case 'resolve':
      return shown(await api.ask<Order>('POST', `${path}/fallout/${falloutIn(found, about[0])}/resolve`, { note }));
    case 'qualify':
      return shown(await api.ask<Order>('POST', `${path}/qualify`, lineIn(found, about[0])));
    case 'accept-proposal':
      return shown(await api.ask<Order>('POST', `${one()}/acceptProposal`, proposalIn(found, about)));
    case 'set-result':
      return shown(await api.ask<Order>('POST', `${path}/qualificationResult`, resultIn(found, about)));
    case 'decide': {
      const [decision, line] = about;
      const body = { decision, ...lineIn(found, line), ...(note === '' ? {} : { note }) };
      return shown(await api.ask<Order>('POST', `${path}/decideQualification`, body));
    }
    default:
      throw new WrongUse(`There is no command "${command}". There are:\n  ${orderCommands.join('\n  ')}`);
  }
}

/** Row by row, as a list of service orders would: one that is refused does not keep the others. */
async function createMany(api: Api, found: Order, about: readonly string[]): Promise<number> {
  const named = about.length > 0 ? about : [undefined];
  const rows = named.map((each) => ({ order: found.id, serviceOrder: serviceOrderIn(found, each).id }));
  const outcome = await api.ask<OutboundRequestOutcomes>('POST', '/outboundRequest', { rows });
  for (const { serviceOrder, ok, outboundRequests = [], error } of outcome.rows) {
    const number = found.domainOrders.find((each) => each.id === serviceOrder)?.number ?? serviceOrder;
    const made = `outbound requests ${outboundRequests.join(', ')}`;
    say(`${number}  ${ok ? colour('green', made) : colour('red', error?.message ?? error?.reason ?? 'refused')}`);
  }
  return outcome.rows.every(({ ok }) => ok) ? 0 : 1;
}

function serviceOrderIn({ number, domainOrders }: Order, about: string | undefined): DomainOrder {
  // Resource orders and work orders have an action where they go outside as well.
  const serviceOrders = domainOrders.filter(
    ({ kind, outboundAction }) => kind === 'service' || outboundAction !== undefined,
  );
  const named = serviceOrders.find((each) => [each.id, each.number, each.specification].includes(about ?? ''));
  if (named !== undefined) return named;
  const known = serviceOrders.map((each) => `${each.number} (${each.specification})`).join(', ') || 'none';
  throw new WrongUse(
    `${about === undefined ? 'Name a service order' : `${number} has no service order "${about}"`}. There are: ${known}`,
  );
}

function workIn({ number, tasks = [], domainOrders }: Order, about: string | undefined): string {
  const known = [...tasks, ...domainOrders];
  const named = known.find((each) => each.number === about || each.id === about);
  if (named !== undefined) return named.id;
  const numbers = known.map((each) => each.number).join(', ');
  throw new WrongUse(`${number} has no task or domain order ${about ?? 'without a number'}. There are: ${numbers}`);
}

function falloutIn({ number, fallouts }: Order, about: string | undefined): string {
  const named = fallouts.find((each) => each.number === about || each.id === about);
  if (named !== undefined) return named.id;
  const known = fallouts.map((each) => `${each.number} (${each.state})`).join(', ') || 'none';
  throw new WrongUse(`${number} has no fallout ${about ?? 'without a number'}. There are: ${known}`);
}

/** All of them, where none is named. */
function lineIn({ number, lines }: Order, about: string | undefined): { line?: string } {
  if (about === undefined) return {};
  const named = lines.find((each) => [each.id, each.number, each.specification].includes(about));
  if (named !== undefined) return { line: named.id };
  const known = lines.map((each) => `${each.number} (${each.specification})`).join(', ');
  throw new WrongUse(`${number} has no line "${about}". There are: ${known}`);
}

function proposalIn(found: Order, [about, number]: readonly string[]): { proposal: string } {
  const { qualification } = serviceOrderIn(found, about);
  return { proposal: number ?? qualification?.proposals[0]?.number ?? 'none' };
}

function resultIn(found: Order, [about, result]: readonly string[]): { about?: string; result: string | undefined } {
  const isServiceOrder = found.domainOrders.some((each) =>
    [each.number, each.id, each.specification].includes(about ?? ''),
  );
  const id = isServiceOrder ? serviceOrderIn(found, about).id : lineIn(found, about).line;
  return { ...(id === undefined ? {} : { about: id }), result };
}

function characteristicOf(text: string): { name: string; value: string } {
  const mark = text.indexOf('=');
  if (mark < 1) throw new WrongUse(`Write a characteristic as name=value; "${text}" is none`);
  return { name: text.slice(0, mark), value: text.slice(mark + 1) };
}

function shown(found: Order): number {
  const { qualificationResult: result } = found;
  say(colour('bold', `${found.number}  ${found.state}${result === undefined ? '' : `, ${result}`}`));
  for (const line of forecastTold(found)) say(line);
  const depth = new Map<string, number>();
  for (const each of found.domainOrders) {
    const level = each.parent === undefined ? 0 : (depth.get(each.parent) ?? 0) + 1;
    depth.set(each.id, level);
    const { number, specification, state, externalFulfillmentState: outside, outboundAction: action = 'none' } = each;
    const more = [
      ...(each.job === undefined ? [] : [each.job.type]),
      ...qualificationTold(each),
      ...jeopardyTold(each),
      ...(outside === undefined || outside === 'none' ? [] : [`outside: ${outside}`]),
      ...(action === 'none' ? [] : [`can be: ${action}d`]),
    ];
    const told = more.length === 0 ? '' : colour('dim', `  (${more.join('; ')})`);
    say(`${'  '.repeat(level + 1)}${number}  ${specification}: ${state}${told}`);
  }
  for (const { number, state, target, attempts, lastError } of found.outboundRequests) {
    say(`  ${number}  ${target}: ${state} after ${attempts}${lastError === undefined ? '' : `; ${lastError}`}`);
  }
  for (const { target, state, lastError } of found.qualificationRequests ?? []) {
    say(`  ${target} was asked whether it can be had: ${state}${lastError === undefined ? '' : `; ${lastError}`}`);
  }
  for (const { number, state, cause, description } of found.fallouts) {
    const open = state === 'open';
    say(`  ${number}  fallout ${state}, ${cause}: ${open ? colour('red', description) : description}`);
  }
  return 0;
}

/** Of an order that is watched: when it was to be completed, and when it is expected. */
function forecastTold({ forecast }: Order): string[] {
  if (forecast === undefined || forecast.actualEnd !== undefined) return [];
  const { plannedEnd, estimatedEnd, jeopardy } = forecast;
  const late = jeopardy === 'none' ? 'on time' : colour('red', `jeopardy ${jeopardy}`);
  return [`  planned until ${plannedEnd}, expected ${estimatedEnd}: ${late}`];
}

function jeopardyTold({ forecast }: DomainOrder): string[] {
  return forecast === undefined || forecast.jeopardy === 'none' ? [] : [`jeopardy ${forecast.jeopardy}`];
}

function qualificationTold({ qualification }: DomainOrder): string[] {
  if (qualification === undefined) return [];
  const { result, reasons, proposals, expiresAt } = qualification;
  return [
    [result, ...reasons.map(({ label }) => label)].join(', '),
    ...(expiresAt === undefined ? [] : [`until ${expiresAt}`]),
    ...proposals.map(({ number, specification, availableAt }) =>
      [`proposed: ${number} ${specification}`, ...(availableAt === undefined ? [] : [`from ${availableAt}`])].join(' '),
    ),
  ];
}

/** Answers of success; any other becomes a sentence for people. */
class Api {
  readonly #base: string;
  readonly #credentials: { readonly [name: string]: string };
  /** For commands only: who may approve, say, need not be let look into orders by that. */
  readonly #roles: { readonly [name: string]: string };
  readonly #kernel = new SystemKernel({ seed: freshSeed(), onFault: (fault) => console.error(fault) });
  readonly #client = fetchClient(this.#kernel);

  constructor({ url, as, tokenFrom: name }: OrderOptions) {
    this.#base = `${url.replace(/\/+$/, '')}/southbound/v1`;
    const token = name === undefined ? undefined : tokenFrom('--token-from', name, process.env);
    this.#credentials = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.#roles = as === undefined ? {} : { 'x-southbound-roles': as };
  }

  /** The time limit of an answer that came is still set, and would keep the process waiting. */
  close(): void {
    this.#kernel.close();
  }

  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const url = `${this.#base}${path}`;
    const headers = { accept: 'application/json', ...this.#credentials, ...(method === 'GET' ? {} : this.#roles) };
    const sent =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': jsonMediaType }, body: jsonBody(body) };
    const outcome = await this.#client.send({ method, url, ...sent }, { timeoutMs: 30_000 });
    if (outcome.kind !== 'answered') {
      throw new WrongUse(
        `No answer from ${this.#base} (${outcome.kind}). Is "southbound serve" running there? See --url.`,
      );
    }
    const { status, body: answer } = outcome.response;
    if (status < 300) return answer?.json as Answer; // of its contract, as the order management answers
    const { message } = (answer?.json ?? {}) as { message?: string }; // a TMF error
    const hint = status === 401 ? '. Name the variable that holds your token with --token-from.' : '';
    throw new WrongUse(`${message ?? `HTTP ${status}: ${inspect(answer?.text)}`}${hint}`);
  }
}
