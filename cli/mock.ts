/** `southbound mock som|tom|flowone|rom|wom`: a simulated party alone, in real time. */
import { speakAlike } from '../mocks/dialects/dialects.ts';
import { type Personality, promptScriptOf } from '../mocks/som-script.ts';
import { drainingEndpoint } from '../mocks/steering/draining.ts';
import { openStandalone } from '../mocks/steering/standalone.ts';
import { readDocument, referredContent } from '../scenarios/files.ts';
import { readScript } from '../scenarios/scenario.ts';
import { tokenFrom } from './access/tokens.ts';
import { openStanding } from './standing.ts';
import { colour, say, WrongUse } from './terminal.ts';

export interface MockOptions {
  readonly script?: string;
  readonly port: number;
  readonly callback: string;
  readonly callbackTokenFrom?: string;
  readonly seed?: string;
  readonly quiet?: boolean;
}

/** How long open requests are waited for at the end. Longer keeps whoever stopped it waiting; shorter loses slow answers. */
export const patienceMs = 10_000;

/** For the last answer to leave the machine before its connection is closed. */
export const lastBytesMs = 100;

/** What goes to the order management carries it. */
export function callbackTokenIn({
  callbackTokenFrom: name,
}: Pick<MockOptions, 'callbackTokenFrom'>): string | undefined {
  return name === undefined ? undefined : tokenFrom('--callback-token-from', name, process.env);
}

const titles: { readonly [personality in Personality]: string } = {
  som: 'SOM',
  tom: 'TOM',
  flowone: 'FlowOne',
  rom: 'resource order manager',
  wom: 'work order manager',
};

/** What it takes, where that is not service orders. */
const taken: { readonly [personality in Personality]?: string } = { rom: 'resource orders', wom: 'work orders' };

export async function mock(personality: Personality, options: MockOptions): Promise<number> {
  const { script: file, port, callback, seed, quiet } = options;
  const written = file === undefined ? promptScriptOf(personality) : readDocument(file);
  const script = referredContent('', '', file ?? written, readScript);
  if (!speakAlike(script.personality, personality)) {
    throw new WrongUse(`${file}: is for a ${script.personality}. Start it with: southbound mock ${script.personality}`);
  }
  const callbackUrl = callback.replace(/\/+$/, '');
  const callbackToken = callbackTokenIn(options);
  const host = '127.0.0.1';
  const partyOf = () => 'listener';
  const standing = await openStanding({ name: personality, host, port, quiet: quiet ?? false, partyOf, seed });
  const { kernel, client, url } = standing;
  const called = { publicUrl: url, callbackUrl, callbackToken };
  const party = openStandalone({ kernel, client, personality, script, written, ...called });
  const draining = drainingEndpoint(party.endpoint, kernel);
  standing.mount(draining.endpoint);
  say(colour('bold', `Simulated ${titles[personality]} at ${url}`));
  say(`  ${(taken[personality] ?? 'service orders').padEnd(15)} ${party.som.ordersUrl}`);
  say(`  script          ${script.name}`);
  say(`  callbacks to    ${callbackUrl}${callbackToken === undefined ? '' : ' (with a token)'}`);
  say(`  to steer it     ${url}/mock/v1/order, /journal, /nearMiss, /script`);
  say('Ctrl-C ends it.');
  await standing.untilInterrupted(async () => {
    await draining.finish(patienceMs);
    await kernel.rest(kernel.now() + lastBytesMs);
  });
  return 0;
}
