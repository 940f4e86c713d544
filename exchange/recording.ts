/** A client whose every exchange is written down when it ends. */
import type { ExchangeRecord, RecordedOutcome } from '../contracts/records/exchange.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Client, Outcome } from './client.ts';
import type { HttpRequest } from './message.ts';
import { recordedHeaders, recordedPath } from './redact.ts';

/** Numbers everything that happens in a run, so that its order can be told. */
export interface RunCounter {
  /** The next place in the order of the run. */
  next(): number;
  /** The next exchange id. */
  exchangeId(): string;
}

export function runCounter(): RunCounter {
  let place = 0;
  let exchanges = 0;
  return {
    next: () => {
      place += 1;
      return place;
    },
    exchangeId: () => {
      exchanges += 1;
      return `x${exchanges}`;
    },
  };
}

/**
 * @param options.from the party that uses the client.
 * @param options.partyOf the name of the party behind a URL.
 * @param options.sink told of each exchange when it has ended, with the messages themselves.
 */
export function recordingClient(
  client: Client,
  options: {
    kernel: Kernel;
    counter: RunCounter;
    from: string;
    partyOf: (url: string) => string;
    sink: (record: ExchangeRecord, messages: { request: HttpRequest; outcome: Outcome }) => void;
  },
): Client {
  const { kernel, counter, from, partyOf, sink } = options;
  return {
    send: async (request, limits) => {
      const id = counter.exchangeId();
      const sent = { id, from, to: partyOf(request.url), sentAt: kernel.now(), sentOrder: counter.next() };
      const outcome = await client.send(request, limits);
      const ended = { endedAt: kernel.now(), endedOrder: counter.next() };
      const record = { ...sent, ...ended, request: recordedRequest(request), outcome: recordedOutcome(outcome) };
      sink(record, { request, outcome });
      return outcome;
    },
  };
}

function recordedRequest({ method, url, headers, body }: HttpRequest): ExchangeRecord['request'] {
  const recorded = { method, path: recordedPath(url), headers: recordedHeaders(headers) };
  return body === undefined ? recorded : { ...recorded, body: { text: body.text } };
}

function recordedOutcome(outcome: Outcome): RecordedOutcome {
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') return { kind: outcome.kind };
  const { status, headers, body } = outcome.response;
  const recorded = { kind: outcome.kind, status, headers: recordedHeaders(headers) };
  return body === undefined ? recorded : { ...recorded, body: { text: body.text } };
}
