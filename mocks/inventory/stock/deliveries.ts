/** Capacity that is still to come to a site: announced by the file, and there when its time has come. */
import type { Kernel } from '../../../kernel/kernel.ts';
import type { InventoryData, Site } from '../inventory-data.ts';
import { instantOf } from '../moment.ts';
import type { Ledger } from './ledger.ts';
import type { Place } from './pool.ts';

export class Deliveries {
  readonly #kernel: Kernel;
  readonly #data: InventoryData;
  readonly #ledger: Ledger;
  readonly #arrived: (place: Place) => void;
  readonly #address: string;
  /** Since when the durations of the file count. */
  #openedAt = 0;

  /** @param options.arrived is called for each place that has more from then on. */
  constructor(options: {
    kernel: Kernel;
    name: string;
    data: InventoryData;
    ledger: Ledger;
    arrived: (place: Place) => void;
  }) {
    this.#kernel = options.kernel;
    this.#data = options.data;
    this.#ledger = options.ledger;
    this.#arrived = options.arrived;
    this.#address = `mock.${options.name}.delivery`;
    this.#kernel.handle(this.#address, ({ data }) => {
      const { site, index } = data as { site: string; index: number }; // from `open`
      this.#deliver(site, index);
    });
    this.open();
  }

  /** Expects everything that the file promises, from now on. */
  open(): void {
    this.#openedAt = this.#kernel.now();
    for (const { id: site, coming } of this.#data.sites.values()) {
      for (const [index, { at }] of coming.entries()) {
        const due = instantOf(at, this.#openedAt);
        this.#kernel.schedule({ id: this.#itemId(site, index), to: this.#address, due, data: { site, index } });
      }
    }
  }

  /** The earliest first; instants in epoch milliseconds. */
  comingAt({ site, specification }: Place): { at: number; quantity: number }[] {
    return this.#expectedAt(this.#data.sites.get(site))
      .filter((each) => each.specification === specification && each.at > this.#kernel.now())
      .toSorted((one, other) => one.at - other.at);
  }

  #expectedAt(site: Site | undefined): { specification: string; at: number; quantity: number }[] {
    return (site?.coming ?? []).map((coming) => ({ ...coming, at: instantOf(coming.at, this.#openedAt) }));
  }

  #deliver(site: string, index: number): void {
    const coming = this.#data.sites.get(site)?.coming[index];
    if (coming === undefined) return;
    const place = { site, specification: coming.specification };
    this.#ledger.resize(place, this.#ledger.poolAt(place).capacity + coming.quantity);
    this.#arrived(place);
  }

  #itemId(site: string, index: number): string {
    return `${this.#address}/${index}/${site}`;
  }
}
