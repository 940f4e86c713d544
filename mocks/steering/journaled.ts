/** A party's exchanges, the last of them kept: what it is asked, and what it tells others. */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import type { Client } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { recordingClient, recordingEndpoint, runCounter } from '../../exchange/recording.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { LastOf, remembered } from '../journal.ts';

export interface Journaled {
  /** What the party tells by it is kept. */
  readonly client: Client;
  readonly exchanges: LastOf<ExchangeRecord>;
  /** The same endpoint; what it is asked is kept. */
  around(endpoint: Endpoint): Endpoint;
}

/** @param options.name of the party. */
export function journaled({ kernel, client, name }: { kernel: Kernel; client: Client; name: string }): Journaled {
  const exchanges = new LastOf<ExchangeRecord>(remembered);
  const sink = (record: ExchangeRecord) => exchanges.add(record);
  const counter = runCounter();
  const recording = { kernel, counter, from: name, partyOf: () => 'listener', sink };
  return {
    client: recordingClient(client, recording),
    exchanges,
    around: (endpoint) => recordingEndpoint(endpoint, { clock: kernel, counter, to: name, sink }),
  };
}
