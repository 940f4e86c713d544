/** `southbound order`: looks into an order of a running `serve`, and does by hand what its operators can do. */
import type { Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { Api, type ApiOptions } from './api.ts';
import { commandGroups, commandNamed } from './commands.ts';
import { shown } from './shown.ts';

export interface OrderOptions extends ApiOptions {
  readonly note?: string;
}

/** For `--help`. */
export function orderCommandsTold(): string {
  const groups = commandGroups.map(({ title, commands }) => {
    const rows = Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(24)} ${says}`);
    return [`${title}:`, ...rows].join('\n');
  });
  return [`Commands:\n  ${'show'.padEnd(24)} looks into it`, ...groups].join('\n\n');
}

/** @param about numbers, ids or names of what the command is about; or name=value. */
export async function order(
  id: string,
  command: string,
  about: readonly string[],
  options: OrderOptions,
): Promise<number> {
  const api = new Api(options);
  try {
    const path = `/order/${encodeURIComponent(id)}`;
    const found = await api.ask<Order>('GET', path);
    if (command === 'show') return shown(found);
    const known = commandNamed(command);
    if ('carryOut' in known) return await known.carryOut(api, found, about);
    const asked = known.asks(found, { about, note: options.note ?? '' });
    return shown(await api.ask<Order>(asked.method ?? 'POST', `${path}${asked.path}`, asked.body));
  } finally {
    api.close();
  }
}
