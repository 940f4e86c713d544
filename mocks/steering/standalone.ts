/** A simulated party with everything around it: its journal, and the API that steers it. As msw or a port mounts it. */
import { clientWithToken } from '../../exchange/bearer.ts';
import type { Client } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { MockJournal } from '../journal.ts';
import { Som } from '../som.ts';
import type { Personality, SomScript } from '../som-script.ts';
import { adminEndpoint, type Steered } from './admin.ts';
import { adminBasePath } from './admin-routes.ts';
import { journaled } from './journaled.ts';

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
  /** A token for whatever goes there; absent: it asks for none. */
  readonly callbackToken?: string | undefined;
}

export interface Standalone {
  readonly som: Som;
  /** Of the party and of the API that steers it; only the former is in the journal. */
  readonly endpoint: Endpoint;
  readonly journal: MockJournal;
}

export function openStandalone(options: StandaloneOptions): Standalone {
  const { kernel, personality: name, script, written, publicUrl, callbackUrl, callbackToken: token } = options;
  const { client: told, exchanges, around } = journaled({ kernel, client: options.client, name });
  const client = token === undefined ? told : clientWithToken(told, { token, to: callbackUrl });
  const som = new Som({ kernel, script, client, publicUrl, callbackUrl, name });
  const simulated = around(som.endpoint);
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
