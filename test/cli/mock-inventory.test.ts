/** `mock inventory` as a process. */
import { afterEach, describe, expect, it } from 'vitest';
import { Running, southbound } from '../support/command.ts';

const standing: Running[] = [];
afterEach(async () => {
  await Promise.all(standing.splice(0).map((running) => running.end()));
});

function started(...args: string[]): Running {
  const running = new Running(['mock', 'inventory', '--port', '0', ...args]);
  standing.push(running);
  return running;
}

describe('mock inventory', () => {
  it('stands on a port with the stock of a file, and what it says to look at is there', async () => {
    const running = started('--stock', 'scenarios/inventories/north-fibre.yaml');
    const [, pools = ''] = await running.said(/capacity +(http\S+)[\s\S]*Ctrl-C ends it/);
    expect(pools).toMatch(/logicalResource\?place\.id=mill-lane-3$/);
    const shown = (await (await fetch(pools)).json()) as { name: string }[];
    expect(shown.map(({ name }) => name)).toEqual([
      'Access line at 3 Mill Lane, Northwick',
      'Wireless line at 3 Mill Lane, Northwick',
    ]);
  });

  it('stands with as many sites as it is told to', async () => {
    const running = started('--sites', '5', '--seed', '7');
    const [, pools = ''] = await running.said(/capacity +(http[^\s?]+)[\s\S]*Ctrl-C ends it/);
    expect((await fetch(`${pools}?limit=1`)).headers.get('x-total-count')).toBe('15');
  });

  it('says what cannot be', async () => {
    const both = await southbound(['mock', 'inventory', '--sites', '5', '--stock', 'x.yaml']);
    expect([both.code, both.error]).toEqual([2, expect.stringContaining('exclude each other')]);
    const missing = await southbound(['mock', 'inventory', '--stock', 'nowhere.yaml']);
    expect([missing.code, missing.error]).toEqual([2, expect.stringContaining('nowhere.yaml: there is no such file')]);
    const foreign = await southbound(['mock', 'inventory', '--stock', 'scenarios/catalogues/broadband.yaml']);
    expect([foreign.code, foreign.error]).toEqual([2, expect.stringContaining('/inventory: expected a value')]);
  });
});
