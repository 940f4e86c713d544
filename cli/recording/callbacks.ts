/** The callbacks of clients, and the addresses of our own that stand for them at the vendor. */
import { type Body, jsonBody, originOf } from '../../exchange/message.ts';

interface Standing {
  readonly original: string;
  readonly own: string;
}

export class Callbacks {
  /** What every address of our own lies below. */
  readonly path: string;
  readonly #root: string;
  readonly #byName = new Map<string, Standing>();
  /** By callback and query, while it stands: the same registration again gets the same address, so that the vendor can tell. */
  readonly #byRegistration = new Map<string, Standing>();
  /** By the id that the vendor gave: what was registered. */
  readonly #byId = new Map<string, string>();

  /** @param root such as `http://127.0.0.1:8631/callbacks`. */
  constructor(root: string) {
    this.#root = root;
    this.path = root.slice(originOf(root).length);
  }

  /** The registration of a listener with an address of our own; anything else stays as it is. */
  replacedIn(body: Body | undefined): Body | undefined {
    const callback = textIn(body?.json, 'callback');
    if (callback === undefined || !/^https?:\/\//i.test(callback)) return body;
    const { own } = this.#standingFor(callback, textIn(body?.json, 'query'));
    return jsonBody({ ...Object(body?.json), callback: own });
  }

  /** The client sees its own callback, wherever the vendor shows ours. */
  putBackIn(body: Body | undefined): Body | undefined {
    if (body === undefined) return undefined;
    let { text } = body;
    // The last first: s1 must not be found in s10.
    for (const { own, original } of [...this.#byName.values()].toReversed()) {
      text = text.replaceAll(inJson(own), () => inJson(original));
    }
    return text === body.text ? body : { text, json: undefined };
  }

  /** A registration was answered with an id. @param body that was sent to the vendor. */
  registered(body: Body | undefined, id: string): void {
    const own = textIn(body?.json, 'callback');
    const found = [...this.#byRegistration].find(([, standing]) => standing.own === own);
    if (found !== undefined) this.#byId.set(id, found[0]);
  }

  /** A subscription has ended. The same registration gets another address then: what comes to this one comes too late. */
  ended(id: string): void {
    this.#byRegistration.delete(this.#byId.get(id) ?? '');
    this.#byId.delete(id);
  }

  /** Where a callback is to go, with whatever follows the address kept. @param target path and query as they came. */
  originalOf(target: string): string | undefined {
    const [, name = '', rest = ''] = /^\/([^/?]+)(.*)$/.exec(this.#below(target)) ?? [];
    const standing = this.#byName.get(name);
    return standing === undefined ? undefined : `${standing.original.replace(/\/+$/, '')}${rest}`;
  }

  #below(target: string): string {
    return target.startsWith(`${this.path}/`) ? target.slice(this.path.length) : '';
  }

  #standingFor(original: string, query: string | undefined): Standing {
    const registration = JSON.stringify([original, query]);
    const known = this.#byRegistration.get(registration);
    if (known !== undefined) return known;
    const name = `s${this.#byName.size + 1}`;
    const standing = { original, own: `${this.#root}/${name}` };
    this.#byName.set(name, standing);
    this.#byRegistration.set(registration, standing);
    return standing;
  }
}

function textIn(json: unknown, name: string): string | undefined {
  const value: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
