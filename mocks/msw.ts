/**
 * `southbound/msw`: a simulated SOM for anyone's tests. Its handlers go into an msw server; its clock is its own, and
 * moves only when a test advances it, or while a test waits for an answer that takes its time.
 */
import type { RequestHandler } from 'msw';
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import { findingText } from '../contracts/schemas/finding.ts';
import { durationMsOfText } from '../contracts/schemas/text.ts';
import type { Waiting } from '../exchange/endpoint.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { mswHandlers } from '../exchange/msw.ts';
import { recordingClient, recordingEndpoint, runCounter } from '../exchange/recording.ts';
import { virtualKernel } from '../kernel/virtual-kernel.ts';
import { LastOf, type MockJournal, remembered } from './journal.ts';
import { Som } from './som.ts';
import { readSomScript, usualScript } from './som-script.ts';

export type { ExchangeRecord } from '../contracts/records/exchange.ts';
export type { MockJournal, Unmatched } from './journal.ts';

export interface SomOptions {
  /** Where the SOM is, without a slash at the end; its TMF641 API is at `/tmf-api/serviceOrdering/v4` below. */
  readonly url?: string;
  /** The root of the order management that outboundresponse callbacks go to. */
  readonly callbackUrl?: string;
  /** Same seed, same ids. */
  readonly seed?: string;
}

export interface MswSom {
  /** For `setupServer(...handlers)` or `server.use(...handlers)`. */
  readonly handlers: readonly RequestHandler[];
  /** What it received and what it told, in order; and requests that the script has no behaviour for. */
  readonly journal: MockJournal;
  /**
   * Lets time pass, and everything happen that is due: states change, events and callbacks are sent with `fetch`, and
   * have been answered when this settles.
   * @param duration ISO 8601, such as `PT2H`.
   */
  advance(duration: string): Promise<void>;
}

/**
 * @param script as a YAML script would say it (`southbound/schemas/som-script.schema.json`). By default every order is
 * accepted, started after a minute and completed half an hour later.
 * @throws an error that lists every place where the script is wrong.
 */
export function som(script: unknown = usualScript, options: SomOptions = {}): MswSom {
  const { url = 'http://som.test', callbackUrl = 'http://om.test', seed = '1' } = options;
  const read = readSomScript(script);
  if (!read.ok) throw new Error(`The SOM script cannot be used:\n${read.findings.map(findingText).join('\n')}`);

  const kernel = virtualKernel({ seed });
  const exchanges = new LastOf<ExchangeRecord>(remembered);
  const counter = runCounter();
  const sink = (record: ExchangeRecord) => exchanges.add(record);
  const client = recordingClient(fetchClient(kernel), {
    kernel,
    counter,
    from: 'som',
    partyOf: () => 'listener',
    sink,
  });
  const simulated = new Som({ kernel, script: read.script, client, publicUrl: url, callbackUrl });
  const endpoint = recordingEndpoint(simulated.endpoint, { clock: kernel, counter, to: 'som', sink });

  /** A bug that showed while nobody advanced; the next `advance` throws it. */
  let fault: unknown;
  /** Whoever waits for an answer lets time pass until it is there. */
  const waiting: Waiting = {
    now: () => kernel.now(),
    park: () => kernel.park(),
    rest: (until) => {
      const rested = kernel.rest(until);
      kernel.run(until).catch((failure: unknown) => {
        fault ??= failure;
      });
      return rested;
    },
  };
  return {
    handlers: mswHandlers(waiting, url, endpoint),
    journal: {
      get exchanges() {
        return exchanges.all;
      },
      get unmatched() {
        return simulated.unmatched;
      },
    },
    advance: async (duration) => {
      if (fault !== undefined) throw fault;
      await kernel.run(kernel.now() + durationMsOfText(duration));
    },
  };
}
