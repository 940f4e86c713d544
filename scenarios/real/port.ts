/** Where the order management of a run is reached by real systems: one address for the whole run, whichever scenario it is. */
import { errorAnswer, errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';

export interface PortOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What real systems are told, when that is not where it listens; without a slash at the end. */
  readonly publicUrl?: string | undefined;
}

export interface Port {
  /** What real systems are told. */
  readonly url: string;
  /** From now on this one answers; nobody, when absent. */
  mount(endpoint?: Endpoint): void;
  close(): Promise<void>;
}

/** Between two scenarios. What comes then is about orders that are over. */
const nobody: Endpoint = () =>
  replyAtOnce(jsonResponse(503, errorAnswer(503, '5', 'Service unavailable', 'No scenario runs at the moment').body));

/** @throws an error with code `EADDRINUSE` when the port is taken. */
export async function openPort(kernel: Kernel, { host, port, publicUrl }: PortOptions): Promise<Port> {
  let mounted = nobody;
  const served = await serveEndpoint({
    kernel,
    endpoint: (request) => mounted(request),
    host,
    port,
    refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
  });
  return {
    url: publicUrl ?? served.url,
    mount: (endpoint = nobody) => {
      mounted = endpoint;
    },
    close: served.close,
  };
}
