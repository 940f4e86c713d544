/** Whoever sees everything that happens in a world: writes the journal, and holds each message against its contract. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { RunFinding } from '../contracts/records/run.ts';
import type { TakenStep } from '../engine/index.ts';
import type { Client } from '../exchange/client.ts';
import { originOf } from '../exchange/message.ts';
import { recordingClient, runCounter, type Sent } from '../exchange/recording.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { RunJournal } from './journal.ts';
import { judgeExchange } from './judge.ts';
import type { Network, Party } from './network.ts';

/** Whoever wants to be told of everything as it happens. */
export interface Audience {
  readonly onStep?: ((step: TakenStep) => void) | undefined;
  readonly onSent?: ((sent: Sent) => void) | undefined;
  readonly onExchange?: ((record: ExchangeRecord) => void) | undefined;
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
}): Witness {
  const { kernel, network, keepJournal, audience } = options;
  const journal = new RunJournal({ start: kernel.now(), keep: keepJournal });
  const counter = runCounter();
  const findings: RunFinding[] = [];
  const partyAt = new Map(network.parties.map((party) => [network.urlOf(party), party]));
  return {
    journal,
    findings,
    clientOf: (from) =>
      recordingClient(network.client, {
        kernel,
        counter,
        from,
        partyOf: (url) => partyAt.get(originOf(url)) ?? 'elsewhere',
        onSent: audience.onSent,
        sink: (record, messages) => {
          journal.addExchange(record);
          findings.push(...judgeExchange(record, messages));
          audience.onExchange?.(record);
        },
      }),
    sawStep: (step) => {
      journal.addStep({ kind: 'step', order: counter.next(), ...step });
      audience.onStep?.(step);
    },
  };
}
