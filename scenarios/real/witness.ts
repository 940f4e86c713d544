/** Whoever sees a run with real systems: what is sent to them, where it leaves; what they send, where it arrives. */
import { contractOf } from '../../contracts/profile/contract.ts';
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import type { RunFinding } from '../../contracts/records/run.ts';
import { errorAnswer } from '../../contracts/schemas/tmf-error.ts';
import type { TakenStep, Target } from '../../engine/index.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import { type Answer, type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import { type HttpRequest, jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { recordingClient, runCounter } from '../../exchange/recording.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { RunJournal } from '../journal.ts';
import { judgeExchange } from '../judge.ts';
import type { Party } from '../network.ts';
import { externalIdIn } from '../weather/external-id.ts';
import type { News } from './news.ts';
import { asPublished, targetAt } from './published.ts';

export interface RealWitnessOptions {
  readonly kernel: Kernel;
  /** How the parties of the run reach each other, and the real systems. */
  readonly client: Client;
  readonly targets: readonly Target[];
  /** The party of the run at a URL, if it is one of them. */
  readonly partyAt: (url: string) => Party | undefined;
  /** Told when an exchange has ended. */
  readonly news: News;
}

/** A real system may wait for us as long as we would for others. */
const answerTimeoutMs = 60_000;

export class RealWitness {
  readonly journal: RunJournal;
  /** What the contracts said of the messages so far. */
  readonly findings: RunFinding[] = [];
  /** Every credential that was sent: nothing of them may be written down, whoever repeats them. */
  readonly secrets = new Set<string>();
  readonly #options: RealWitnessOptions;
  readonly #counter = runCounter();
  readonly #real: ReadonlySet<Party>;
  /** By externalId, the system that the order went to. */
  readonly #receivers = new Map<string, Party>();
  #open = 0;

  constructor(options: RealWitnessOptions) {
    this.#options = options;
    this.#real = new Set(options.targets.map(({ name }) => name));
    this.journal = new RunJournal({ start: options.kernel.now(), keep: true });
  }

  /** How many requests of real systems have no answer yet. */
  get open(): number {
    return this.#open;
  }

  /** How a party reaches the others, in sight of the witness. */
  clientOf(from: Party): Client {
    const recording = this.#recording(from, this.#options.client);
    return {
      send: (request, limits) => {
        for (const secret of request.secrets ?? []) this.secrets.add(secret);
        const externalId = externalIdIn(request.body?.json);
        if (from === 'om' && externalId !== undefined) this.#receivers.set(externalId, this.#partyAt(request.url));
        return recording.send(request, limits);
      },
    };
  }

  /**
   * What real systems reach: whatever arrives is seen as sent by one of them, and handed on to the `url` of a party. Only
   * for reports: orders and commands are those of the scenario.
   */
  endpointAt(url: string): Endpoint {
    return async (received) => {
      if (!mayBeReport(received)) return notTaken(received);
      this.#open += 1;
      try {
        const recording = this.#recording(this.#senderOf(received), this.#options.client);
        const request = { ...handedOn(received, url), secrets: [...this.secrets] };
        return answerOf(await recording.send(request, { timeoutMs: answerTimeoutMs }));
      } finally {
        this.#open -= 1;
        this.#options.news.tell();
      }
    };
  }

  sawStep(step: TakenStep): void {
    this.journal.addStep({ kind: 'step', order: this.#counter.next(), ...step });
  }

  #recording(from: Party, client: Client): Client {
    const { kernel, targets, news } = this.#options;
    return recordingClient(client, {
      kernel,
      counter: this.#counter,
      from,
      partyOf: (url) => this.#partyAt(url),
      sink: (record: ExchangeRecord, messages: { request: HttpRequest; outcome: Outcome }) => {
        this.journal.addExchange(record);
        this.findings.push(...judgeExchange(record, asPublished(record, messages, targets), this.#real));
        news.tell();
      },
    });
  }

  #partyAt(url: string): Party {
    const { targets, partyAt } = this.#options;
    return targetAt(url, targets)?.name ?? partyAt(url) ?? 'elsewhere';
  }

  /** One real system is whoever comes from outside; of several, the one that was sent the order. */
  #senderOf({ body }: ReceivedRequest): Party {
    const [only, ...others] = this.#real;
    if (only !== undefined && others.length === 0) return only;
    return this.#receivers.get(externalIdIn(body?.json) ?? '') ?? 'elsewhere';
  }
}

/** What no contract knows is handed on as well, so that it is found. */
function mayBeReport({ method, path }: ReceivedRequest): boolean {
  const contract = contractOf(method, path);
  if (contract === undefined || contract.side === 'listener' || contract.api === 'OutboundResponse') return true;
  return contract.operation.id === 'processQualificationResult';
}

function notTaken({ method, path }: ReceivedRequest): Answer {
  const message = `${method} ${path} is not taken from outside while a scenario runs`;
  return replyAtOnce(jsonResponse(403, errorAnswer(403, '41', 'Forbidden', message).body));
}

function handedOn({ method, path, query, headers, body }: ReceivedRequest, url: string): HttpRequest {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
  );
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return { method, url: `${url}${encoded}${search.size > 0 ? `?${search}` : ''}`, headers, body };
}

function answerOf(outcome: Outcome): Answer {
  if (outcome.kind === 'answered' || outcome.kind === 'malformed') return replyAtOnce(outcome.response);
  return { kind: 'reset', afterMs: 0 };
}
