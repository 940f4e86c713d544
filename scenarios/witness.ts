/** Whoever sees everything that happens in a world: writes the journal, and holds each message against its contract. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { RunFinding } from '../contracts/records/run.ts';
import type { Weather, WeatherRecord } from '../contracts/records/weather.ts';
import type { TakenStep } from '../engine/index.ts';
import type { Client } from '../exchange/client.ts';
import { originOf } from '../exchange/message.ts';
import { recordingClient, runCounter, type Sent } from '../exchange/recording.ts';
import { recordedPath } from '../exchange/redact.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { RunJournal } from './journal.ts';
import { judgeExchange } from './judge.ts';
import type { Network, Party } from './network.ts';
import { externalIdIn } from './weather/external-id.ts';
import { type Hit, Weathering } from './weather/weathering.ts';

/** Whoever wants to be told of everything as it happens. */
export interface Audience {
  readonly onStep?: ((step: TakenStep) => void) | undefined;
  readonly onSent?: ((sent: Sent) => void) | undefined;
  readonly onExchange?: ((record: ExchangeRecord) => void) | undefined;
  readonly onWeather?: ((record: WeatherRecord) => void) | undefined;
}

export interface Witness {
  readonly journal: RunJournal;
  /** What the contracts said of the messages so far. */
  readonly findings: readonly RunFinding[];
  /** How a party reaches the others, in sight of the witness. */
  clientOf(from: Party): Client;
  sawStep(step: TakenStep): void;
}

export function openWitness(options: {
  kernel: Kernel;
  network: Network;
  keepJournal: boolean;
  audience: Audience;
  weather?: Weather | undefined;
}): Witness {
  const { kernel, network, keepJournal, audience, weather } = options;
  const journal = new RunJournal({ start: kernel.now(), keep: keepJournal });
  const counter = runCounter();
  const findings: RunFinding[] = [];
  const partyAt = new Map(network.parties.map((party) => [network.urlOf(party), party]));
  const partyOf = (url: string) => partyAt.get(originOf(url)) ?? 'elsewhere';
  const onHit = (hit: Hit) => {
    const record = weatherRecord(hit, { order: counter.next(), at: kernel.now() });
    journal.addWeather(record);
    audience.onWeather?.(record);
  };
  const weathering = weather === undefined ? undefined : new Weathering({ kernel, weather, onHit });
  const seen = (from: Party, client: Client) =>
    recordingClient(client, {
      kernel,
      counter,
      from,
      partyOf,
      onSent: audience.onSent,
      sink: (record, messages) => {
        journal.addExchange(record);
        findings.push(...judgeExchange(record, messages));
        audience.onExchange?.(record);
      },
    });
  return {
    journal,
    findings,
    clientOf: (from) => {
      const { client } = network;
      if (weathering === undefined) return seen(from, client);
      return seen(from, weathering.clientOf({ from, client, unseen: seen(from, client), partyOf }));
    },
    sawStep: (step) => {
      journal.addStep({ kind: 'step', order: counter.next(), ...step });
      audience.onStep?.(step);
    },
  };
}

function weatherRecord({ fault, from, to, request }: Hit, when: Pick<WeatherRecord, 'order' | 'at'>): WeatherRecord {
  const { method, url, secrets } = request;
  const externalId = externalIdIn(request.body?.json);
  const path = recordedPath(url, secrets);
  const record = { kind: 'weather', ...when, from, to, fault, method, path } as const;
  return externalId === undefined ? record : { ...record, externalId };
}
