/** `southbound mock som`: a simulated SOM alone, in real time. */
import { Som } from '../mocks/som.ts';
import { promptScript } from '../mocks/som-script.ts';
import { referredContent } from '../scenarios/files.ts';
import { readScript } from '../scenarios/scenario.ts';
import { openStanding } from './standing.ts';
import { colour, say } from './terminal.ts';

export interface MockOptions {
  readonly script?: string;
  readonly port: number;
  readonly callback: string;
  readonly seed?: string;
  readonly quiet?: boolean;
}

export async function mockSom({ script: file, port, callback, seed, quiet }: MockOptions): Promise<number> {
  const script = referredContent('', '', file ?? promptScript, readScript);
  const callbackUrl = callback.replace(/\/+$/, '');
  const standing = await openStanding({
    name: 'som',
    host: '127.0.0.1',
    port,
    quiet: quiet ?? false,
    partyOf: () => 'listener',
    seed,
  });
  const { kernel, client, url } = standing;
  standing.mount(new Som({ kernel, script, client, publicUrl: url, callbackUrl }).endpoint);
  say(colour('bold', `Simulated SOM at ${url}`));
  say(`  service orders  ${url}/tmf-api/serviceOrdering/v4/serviceOrder`);
  say(`  script          ${script.name}`);
  say(`  callbacks to    ${callbackUrl}`);
  say('Ctrl-C ends it.');
  await standing.untilInterrupted();
  return 0;
}
