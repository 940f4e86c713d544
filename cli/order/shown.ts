/** An order as an operator wants to see it: a tree, what can be done, and what has gone wrong. */
import type { DomainOrder, Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { colour, say } from '../terminal.ts';

export function shown(found: Order): number {
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
  for (const { number, name, state, assignedTo } of found.tasks ?? []) {
    if (state === 'closed_complete' || state === 'canceled') continue;
    say(`  ${number}  ${name}: ${state}${assignedTo === undefined ? '' : `, ${assignedTo}`}`);
  }
  for (const waiting of decisionsWanted(found)) say(colour('bold', `  ${waiting}`));
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

/** What goes no further until somebody says yes or no. */
function decisionsWanted({ revisions = [], cancellations = [] }: Order): string[] {
  const because = (note: string | undefined) => (note === undefined ? '' : `: ${note}`);
  return [
    ...revisions
      .filter(({ state }) => state === 'pending')
      .map(({ note }) => `a change waits for decide-revision${because(note)}`),
    ...cancellations
      .filter(({ state }) => state === 'assessing')
      .map(({ note }) => `a cancellation waits for decide-cancellation${because(note)}`),
  ];
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
