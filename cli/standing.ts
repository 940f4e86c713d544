/** What `serve` and `mock` share: a party that stands on a port in real time, tells what it sees, and ends at Ctrl-C. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import { errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import type { Client } from '../exchange/client.ts';
import type { Endpoint } from '../exchange/endpoint.ts';
import { serveEndpoint } from '../exchange/fastify.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { jsonResponse } from '../exchange/message.ts';
import { recordingClient, recordingEndpoint, runCounter } from '../exchange/recording.ts';
import { freshSeed } from '../kernel/chance.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SystemKernel } from '../kernel/system-kernel.ts';
import { exchangeTitle, type StoryLine } from '../reports/story.ts';
import { colour, interrupted, portTaken, say, toned, untilInterrupted } from './terminal.ts';

export interface Standing {
  readonly kernel: Kernel;
  /** For what the party asks of others. */
  readonly client: Client;
  readonly url: string;
  /** From now on it answers; until then every connection is reset. */
  mount(endpoint: Endpoint): void;
  tell(lines: readonly StoryLine[]): void;
  /**
   * Settles at Ctrl-C, when everything is closed.
   * @param finish what is still to be done before that; requests come in meanwhile.
   */
  untilInterrupted(finish?: () => Promise<void>): Promise<void>;
}

/** @throws a `WrongUse` when the port is taken. */
export async function openStanding(options: {
  name: string;
  host: string;
  port: number;
  quiet: boolean;
  partyOf: (url: string) => string;
  seed?: string | undefined;
}): Promise<Standing> {
  const { name, host, port, quiet, partyOf } = options;
  const signal = untilInterrupted();
  const kernel = new SystemKernel({ seed: options.seed ?? freshSeed(), onFault: (fault) => console.error(fault) });
  const counter = runCounter();
  const tell = (lines: readonly StoryLine[]) => {
    if (!quiet) for (const line of lines) say(`${colour('dim', clockTime(line.at))}  ${toned(line)}`);
  };
  const sink = (record: ExchangeRecord) => tell([exchangeTitle(record)]);
  const mounted: { endpoint?: Endpoint } = {};
  const endpoint: Endpoint = (request) => mounted.endpoint?.(request) ?? { kind: 'reset', afterMs: 0 };
  const served = await serveEndpoint({
    kernel,
    endpoint: recordingEndpoint(endpoint, { clock: kernel, counter, to: name, sink }),
    host,
    port,
    refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
  }).catch((failure: unknown) => {
    throw portTaken(failure, '--port <n>');
  });
  return {
    kernel,
    client: recordingClient(fetchClient(kernel), { kernel, counter, from: name, partyOf, sink }),
    url: served.url,
    mount: (mountedEndpoint) => {
      mounted.endpoint = mountedEndpoint;
    },
    tell,
    untilInterrupted: async (finish) => {
      await interrupted(signal);
      await finish?.();
      kernel.close();
      await served.close();
    },
  };
}

function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
