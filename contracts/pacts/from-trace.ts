/** A trace of a client's traffic with a vendor -> the pact between the two: what is asked, what is answered, what is told. */
import { answeredJson, askedBelow, sentJson } from '../records/said.ts';
import type { Trace, TracedExchange } from '../records/trace.ts';
import { type Announcement, announcementsIn, type Decision, decisionsIn } from './decisions.ts';
import { largestInteraction, mergePacts, type PactInteraction } from './merge.ts';
import { type Needed, neededFor, neededForEvent } from './provider-states.ts';
import { exampleOf, inCommon, ruleOf, rulesOf, templateOf } from './template.ts';

export interface PactFromTrace {
  /** Pact V4, as JSON; absent when there was nothing to hold. The same trace gives the same bytes. */
  readonly text?: string;
  readonly interactions: number;
  /** What is not in the pact, each with the reason. */
  readonly leftOut: readonly string[];
}

export interface PactParties {
  readonly consumer: string;
  readonly provider: string;
}

export function pactOf(trace: Trace, { consumer, provider }: PactParties): PactFromTrace {
  const leftOut = new Set<string>();
  const leaveOut = (what: string) => void leftOut.add(what);
  const all = [
    ...decisionsIn(trace, leaveOut).map((decision) => httpInteraction(decision, trace)),
    ...announcementsIn(trace, leaveOut).map((announcement) => messageInteraction(announcement, trace)),
  ];
  const small = named(all).filter((interaction) => {
    const { length } = new TextEncoder().encode(JSON.stringify(interaction));
    if (length > largestInteraction)
      leaveOut(`${interaction.description}: ${length} bytes are more than anybody reads`);
    return length <= largestInteraction;
  });
  const nothing = { interactions: 0, leftOut: [...leftOut] };
  if (small.length === 0) return nothing;
  const metadata = { pactSpecification: { version: '4.0' } };
  const document = { consumer: { name: consumer }, provider: { name: provider }, interactions: small, metadata };
  const merged = mergePacts(
    [document],
    small.map(({ description }) => description),
  );
  if (!merged.ok) throw new Error(merged.problems.join('\n'));
  return { ...nothing, text: merged.text, interactions: small.length };
}

/** With a number behind each description that is there more than once. */
function named(interactions: readonly PactInteraction[]): PactInteraction[] {
  const counts = new Map<string, number>();
  return interactions.map((interaction) => {
    const count = (counts.get(interaction.description) ?? 0) + 1;
    counts.set(interaction.description, count);
    return count === 1 ? interaction : { ...interaction, description: `${interaction.description} (${count})` };
  });
}

function httpInteraction(decision: Decision, trace: Trace): PactInteraction {
  const { exchanges, status } = decision;
  const [exchange] = exchanges;
  const needed = neededFor(decision, trace);
  return {
    type: 'Synchronous/HTTP',
    description: descriptionOf(decision),
    ...{ pending: false, providerStates: [needed.state] },
    request: requestOf(exchange, decision, trace, needed),
    response: { status, ...responseOf(exchanges) },
  } as PactInteraction; // the parts that are not known of every interaction do no harm
}

function descriptionOf({ operation, status, actions, state, isFilled, query, exchanges }: Decision): string {
  const names = [...new Set(query.keys())].toSorted();
  const with_ = actions.length === 0 ? '' : ` with ${actions.join(', ')}`;
  const by = names.length === 0 ? '' : ` by ${names.join(', ')}`;
  const [{ outcome }] = exchanges;
  const isList = operation.startsWith('list') && status < 300 && 'status' in outcome;
  const what = isList ? (isFilled ? ' with some' : ' with none') : (state ?? '');
  return `${operation}${with_}${by}, answered ${status}${isList ? what : what && ` ${what}`}`;
}

function requestOf(exchange: TracedExchange, { query }: Decision, trace: Trace, { id }: Needed): object {
  const { method, headers, path: whole } = exchange.request;
  const [path = ''] = whole.split('?', 1);
  const content = sentJson(exchange);
  const isInBody = id === 'orderId' && askedBelow(trace, exchange)?.path === '/cancelServiceOrder';
  const generator = (expression: string) => ({ type: 'ProviderState', expression, dataType: 'STRING' });
  const generators = isInBody
    ? { body: { '$.serviceOrder.id': generator(`\${${id}}`) } }
    : { path: generator(path.replace(/[^/]*\/?$/, `\${${id}}`)) };
  return {
    method,
    path,
    ...(query.size === 0 ? {} : { query: queryOf(query) }),
    ...headersOf(headers, ['accept', 'content-type']),
    ...(content === undefined ? {} : { body: { content, contentType: 'application/json', encoded: false } }),
    ...(id === undefined ? {} : { generators }),
  };
}

function queryOf(query: URLSearchParams): { [name: string]: string[] } {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

function responseOf(exchanges: readonly TracedExchange[]): object {
  const answers = exchanges.map(answeredJson);
  const template = inCommon(answers.map(templateOf));
  const answered = exchanges.map(({ outcome }) => ('status' in outcome ? outcome.headers : {}));
  const kept = Object.entries({ 'content-type': '^application/json(;.*)?$', 'retry-after': '^[0-9]{1,9}$' }).filter(
    ([name, regex]) => answered.every((headers) => new RegExp(regex).test(headers[name] ?? '')),
  );
  const header = Object.fromEntries(kept.map(([name, regex]) => [titleOf(name), ruleOf({ match: 'regex', regex })]));
  const body = template === undefined ? {} : { body: rulesOf(template) };
  const matchingRules = { ...body, ...(kept.length === 0 ? {} : { header }) };
  const [first = {}] = answered;
  return {
    ...headersOf(
      first,
      kept.map(([name]) => name),
    ),
    ...(template === undefined
      ? {}
      : { body: { content: exampleOf(template), contentType: 'application/json', encoded: false } }),
    ...(Object.keys(matchingRules).length === 0 ? {} : { matchingRules }),
  };
}

function messageInteraction(announcement: Announcement, trace: Trace): PactInteraction {
  const { path, state, exchanges } = announcement;
  const template = inCommon(exchanges.map((exchange) => templateOf(sentJson(exchange))));
  const content = template === undefined ? {} : exampleOf(template);
  const [{ request }] = exchanges;
  const contentType = request.headers['content-type'] ?? 'application/json';
  return {
    type: 'Asynchronous/Messages',
    description: `an event at ${path || '/'}${state === undefined ? '' : `, ${state}`}`,
    ...{
      pending: false,
      providerStates: [neededForEvent(announcement, trace)],
      contents: { content, contentType: 'application/json', encoded: false },
      metadata: { method: request.method, path, contentType },
      ...(template === undefined ? {} : { matchingRules: { body: rulesOf(template) } }),
    },
  };
}

function headersOf(headers: { readonly [name: string]: string }, names: readonly string[]): object {
  const known = names.flatMap((name) => (headers[name] === undefined ? [] : [[titleOf(name), [headers[name]]]]));
  return known.length === 0 ? {} : { headers: Object.fromEntries(known) };
}

/** `Content-Type` of `content-type`. */
function titleOf(name: string): string {
  return name.replaceAll(/(?:^|-)\w/g, (initial) => initial.toUpperCase());
}
