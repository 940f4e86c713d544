/** A recording proxy that stands on two ports in real time, until somebody ends it. */
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { freshSeed } from '../../kernel/chance.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { drainingEndpoint } from '../../mocks/steering/draining.ts';
import { exchangeTitle } from '../../reports/story.ts';
import { colour, interrupted, portTaken, say, toned, untilInterrupted } from '../terminal.ts';
import { RecordingProxy } from './proxy.ts';

export interface Recording {
  readonly trace: Trace;
  /** How many requests were passed on without being written down. */
  readonly unrecorded: number;
  readonly seed: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface StandingRecording {
  /** Where the client asks, without a path. */
  readonly clientUrl: string;
  readonly callbackUrl: string;
  /** A POST there ends the recording. */
  readonly endPath: string;
  /**
   * Settles when everything is closed: at Ctrl-C, after the time, or when it is told to.
   * @param finish makes something of the recording, and gives what whoever told it to end is answered.
   */
  untilEnded(forMs: number | undefined, finish: (recording: Recording) => object): Promise<void>;
}

const endPath = '/southbound/v1/recording/end';

/** How long open requests are waited for at the end. Longer keeps whoever stopped it waiting; shorter loses slow answers. */
const patienceMs = 10_000;

/** For the last answer to leave the machine before its connection is closed. */
const lastBytesMs = 100;

/** @throws a `WrongUse` when a port is taken. */
export async function openRecording(options: {
  target: string;
  host: string;
  port: number;
  callbackPort: number;
  callbackUrl: string | undefined;
  quiet: boolean;
}): Promise<StandingRecording> {
  const { target, host, port, callbackPort, quiet } = options;
  const signal = untilInterrupted();
  const seed = freshSeed();
  const kernel = new SystemKernel({ seed, onFault: (fault) => console.error(fault) });
  const startedAt = kernel.now();
  const mounted: { forClient?: Endpoint; forVendor?: Endpoint } = {};
  const serve = (at: number, option: string, endpoint: Endpoint): Promise<Served> =>
    serveEndpoint({ kernel, endpoint, host, port: at, refuse }).catch((failure: unknown) => {
      throw portTaken(failure, `${option} <n>`);
    });
  const early: Endpoint = () => ({ kind: 'reset', afterMs: 0 });
  const forVendor = await serve(callbackPort, '--callback-port', (request) => (mounted.forVendor ?? early)(request));
  const forClient = await serve(port, '--port', (request) => (mounted.forClient ?? early)(request)).catch(
    async (failure: unknown) => {
      await forVendor.close();
      throw failure;
    },
  );
  const callbackUrl = (options.callbackUrl ?? forVendor.url).replace(/\/+$/, '');
  const onExchange = quiet ? undefined : tell;
  const proxy = new RecordingProxy({ kernel, client: fetchClient(kernel), target, callbackUrl, onExchange });
  const told = Promise.withResolvers<void>();
  const written = Promise.withResolvers<object>();
  const draining = drainingEndpoint(proxy.forClient, kernel, 'This recording');
  mounted.forVendor = proxy.forVendor;
  mounted.forClient = async (request) => {
    if (request.method !== 'POST' || request.path !== endPath) return draining.endpoint(request);
    told.resolve();
    return replyAtOnce(jsonResponse(200, await written.promise));
  };
  return {
    clientUrl: forClient.url,
    callbackUrl,
    endPath,
    untilEnded: async (forMs, finish) => {
      const ends = [interrupted(signal), told.promise];
      if (forMs !== undefined) ends.push(kernel.alarm(startedAt + forMs).rung);
      await Promise.race(ends);
      await draining.finish(patienceMs);
      const { unrecorded } = proxy;
      try {
        written.resolve(finish({ trace: proxy.trace(), unrecorded, seed, startedAt, endedAt: kernel.now() }));
        await kernel.rest(kernel.now() + lastBytesMs);
      } finally {
        kernel.close();
        await Promise.all([forClient.close(), forVendor.close()]);
      }
    },
  };
}

function refuse(status: number, message: string) {
  return jsonResponse(status, errorOfStatus(status, message).body);
}

function tell(exchange: TracedExchange): void {
  const named = (party: TracedExchange['from']) => (party === 'verifier' ? 'client' : 'vendor');
  const line = exchangeTitle({ ...exchange, from: named(exchange.from), to: named(exchange.to) });
  say(`${colour('dim', new Date(line.at).toISOString().slice(11, 23))}  ${toned(line)}`);
}
