/** A simulated party with everything around it: its journal, and the API that steers it. As msw or a port mounts it. */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import type { Client } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { recordingClient, recordingEndpoint, runCounter } from '../../exchange/recording.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { LastOf, type MockJournal, remembered } from '../journal.ts';
import { Som } from '../som.ts';
import type { Personality, SomScript } from '../som-script.ts';
import { adminBasePath, adminEndpoint, type Steered } from './admin.ts';

export interface StandaloneOptions {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly personality: Personality;
  readonly script: SomScript;
  /** The script as it was written, for whoever asks for it. */
  readonly written: unknown;
  readonly publicUrl: string;
  /** The root of the order management, for outboundresponse callbacks. */
  readonly callbackUrl: string;
}

export interface Standalone {
  readonly som: Som;
  /** Of the party and of the API that steers it; only the former is in the journal. */
  readonly endpoint: Endpoint;
  readonly journal: MockJournal;
}

export function openStandalone(options: StandaloneOptions): Standalone {
  const { kernel, client, personality: name, script, written, publicUrl, callbackUrl } = options;
  const exchanges = new LastOf<ExchangeRecord>(remembered);
  const sink = (record: ExchangeRecord) => exchanges.add(record);
  const counter = runCounter();
  const recording = { kernel, counter, from: name, partyOf: () => 'listener', sink };
  const som = new Som({ kernel, script, client: recordingClient(client, recording), publicUrl, callbackUrl, name });
  const simulated = recordingEndpoint(som.endpoint, { clock: kernel, counter, to: name, sink });
  const steered: Steered = {
    som,
    script: written,
    exchanges: () => exchanges.all,
    reset: () => {
      som.reset();
      exchanges.clear();
    },
  };
  const admin = adminEndpoint(steered);
  return {
    som,
    endpoint: (request) => (request.path.startsWith(`${adminBasePath}/`) ? admin(request) : simulated(request)),
    journal: {
      get exchanges() {
        return exchanges.all;
      },
      get unmatched() {
        return som.unmatched;
      },
    },
  };
}
