/** A client whose every exchange is written down when it ends. */
import type { ExchangeRecord, RecordedOutcome } from '../contracts/records/exchange.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Client, type Outcome, outcomeOf } from './client.ts';
import type { Endpoint } from './endpoint.ts';
import type { Body, HttpRequest } from './message.ts';
import { asksForToken, blottedOut, recordedHeaders, recordedPath, withoutSecrets } from './redact.ts';

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

/** An exchange that has begun and not ended. */
export type Sent = Pick<ExchangeRecord, 'id' | 'from' | 'to' | 'sentAt' | 'sentOrder' | 'request'>;

/**
 * @param options.from the party that uses the client.
 * @param options.partyOf the name of the party behind a URL.
 * @param options.sink told of each exchange when it has ended, with the messages themselves.
 * @param options.onSent told of each exchange when it begins.
 */
export function recordingClient(
  client: Client,
  options: {
    kernel: Kernel;
    counter: RunCounter;
    from: string;
    partyOf: (url: string) => string;
    sink: (record: ExchangeRecord, messages: { request: HttpRequest; outcome: Outcome }) => void;
    onSent?: ((sent: Sent) => void) | undefined;
  },
): Client {
  const { kernel, counter, from, partyOf, sink, onSent } = options;
  return {
    send: async (request, limits) => {
      const sent: Sent = {
        id: counter.exchangeId(),
        from,
        to: partyOf(request.url),
        sentAt: kernel.now(),
        sentOrder: counter.next(),
        request: recordedRequest(request),
      };
      onSent?.(sent);
      const outcome = await client.send(request, limits);
      const ended = { endedAt: kernel.now(), endedOrder: counter.next(), outcome: recordedOutcome(outcome, request) };
      const record = { ...sent, ...ended };
      sink(record, { request, outcome });
      return outcome;
    },
  };
}

/**
 * An endpoint whose every exchange is written down when it answers, for those who see only their own end of the wire.
 * Silence is written down as the timeout that it will be for the one who asked.
 */
export function recordingEndpoint(
  endpoint: Endpoint,
  options: { clock: Pick<Kernel, 'now'>; counter: RunCounter; to: string; sink: (record: ExchangeRecord) => void },
): Endpoint {
  const { clock, counter, to, sink } = options;
  return async (request) => {
    const sent = { id: counter.exchangeId(), from: 'caller', to, sentAt: clock.now(), sentOrder: counter.next() };
    const answer = await endpoint(request);
    const endedAt = clock.now() + (answer.kind === 'silence' ? 0 : answer.afterMs);
    const { method, path, query, headers, body } = request;
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
    );
    const asked = { method, path: `${path}${search.size > 0 ? `?${search}` : ''}`, headers: recordedHeaders(headers) };
    sink({
      ...sent,
      endedAt,
      endedOrder: counter.next(),
      request: body === undefined ? asked : { ...asked, body: recordedBody(body, request) },
      outcome: recordedOutcome(answer.kind === 'reply' ? outcomeOf(answer.response) : unanswered(answer.kind), request),
    });
    return answer;
  };
}

function unanswered(kind: 'silence' | 'reset'): Outcome {
  return kind === 'reset' ? { kind } : { kind: 'timeout', afterMs: 0 };
}

/** What decides how much of an exchange may be written down. */
type Asked = Pick<HttpRequest, 'headers' | 'body' | 'secrets'>;

function recordedRequest(request: HttpRequest): ExchangeRecord['request'] {
  const { method, url, headers, body, secrets } = request;
  const recorded = { method, path: recordedPath(url, secrets), headers: recordedHeaders(headers, secrets) };
  return body === undefined ? recorded : { ...recorded, body: recordedBody(body, request) };
}

function recordedOutcome(outcome: Outcome, request: Asked): RecordedOutcome {
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') return { kind: outcome.kind };
  const { status, headers, body } = outcome.response;
  const recorded = { kind: outcome.kind, status, headers: recordedHeaders(headers, request.secrets) };
  return body === undefined ? recorded : { ...recorded, body: recordedBody(body, request) };
}

function recordedBody({ text }: Body, request: Asked): { text: string } {
  return { text: asksForToken(request) ? blottedOut : withoutSecrets(text, request.secrets) };
}
