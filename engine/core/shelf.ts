/** A list of things with keys, copied when it is first changed: what it was opened on stays as it was. */

/** Up to this many things, looking at each is faster than keeping an index. */
const few = 16;

export class Shelf<Thing> {
  #things: readonly Thing[];
  #own: Thing[] | undefined;
  #places: Map<string, number> | undefined;
  #groups: Map<string, number[]> | undefined;
  readonly #keyOf: (thing: Thing) => string;
  readonly #groupOf: (thing: Thing) => string | undefined;

  /** @param groupOf what it belongs to, where that is asked for; it never changes. */
  constructor(
    things: readonly Thing[],
    keyOf: (thing: Thing) => string,
    groupOf: (thing: Thing) => string | undefined = () => undefined,
  ) {
    this.#things = things;
    this.#keyOf = keyOf;
    this.#groupOf = groupOf;
  }

  get all(): readonly Thing[] {
    return this.#things;
  }

  get isChanged(): boolean {
    return this.#own !== undefined;
  }

  find(key: string): Thing | undefined {
    return this.#things[this.#placeOf(key)];
  }

  /** The thing of that key. Throws when there is none: a bug. */
  get(key: string): Thing {
    const thing = this.find(key);
    if (thing === undefined) throw new Error(`nothing here with key ${key}`);
    return thing;
  }

  /** Those that belong to it, in the order in which they were put. */
  allOf(group: string): Thing[] {
    const things = this.#things;
    if (things.length <= few) return things.filter((thing) => this.#groupOf(thing) === group);
    this.#groups ??= this.#grouped();
    return (this.#groups.get(group) ?? []).flatMap((place) => things[place] ?? []);
  }

  /** Puts it in the place of the one with its key, or at the end. */
  put(thing: Thing): void {
    if (this.#own === undefined) {
      this.#own = [...this.#things];
      this.#things = this.#own;
    }
    const key = this.#keyOf(thing);
    const known = this.#placeOf(key);
    const place = known === -1 ? this.#own.length : known;
    this.#own[place] = thing;
    this.#places?.set(key, place);
    if (known === -1 && this.#groups !== undefined) addTo(this.#groups, this.#groupOf(thing), place);
  }

  /** Takes it out, if it is there. */
  remove(key: string): void {
    if (this.#placeOf(key) === -1) return;
    this.#own = this.#things.filter((thing) => this.#keyOf(thing) !== key);
    this.#things = this.#own;
    this.#places = undefined;
    this.#groups = undefined;
  }

  #grouped(): Map<string, number[]> {
    const groups = new Map<string, number[]>();
    for (const [place, thing] of this.#things.entries()) addTo(groups, this.#groupOf(thing), place);
    return groups;
  }

  /** -1 when there is none. */
  #placeOf(key: string): number {
    const things = this.#things;
    if (things.length > few) {
      this.#places ??= new Map(things.map((thing, place) => [this.#keyOf(thing), place]));
      return this.#places.get(key) ?? -1;
    }
    for (let place = 0; place < things.length; place += 1) {
      const thing = things[place];
      if (thing !== undefined && this.#keyOf(thing) === key) return place;
    }
    return -1;
  }
}

function addTo(groups: Map<string, number[]>, group: string | undefined, place: number): void {
  if (group === undefined) return;
  const known = groups.get(group);
  if (known === undefined) groups.set(group, [place]);
  else known.push(place);
}
