/**
 * Documents that live on as their text. A busy server keeps a hundred thousand orders: parsed, they are ten million
 * objects for the collector to walk; as text, one piece each. Those lately at work are at hand parsed.
 */

/**
 * How many are at hand. Larger, and they outlive the collector's young generation, which costs more than parsing again;
 * smaller, and orders that change at the same time are parsed for each change.
 */
const atHand = 64;

/** A document that can be read again at any time. */
export class Kept<Document> {
  readonly #text: string;
  readonly #shelf: KeptDocuments<Document>;
  #document: Document | undefined;

  constructor(text: string, document: Document, shelf: KeptDocuments<Document>) {
    this.#text = text;
    this.#document = document;
    this.#shelf = shelf;
  }

  read(): Document {
    if (this.#document !== undefined) return this.#document;
    const document = JSON.parse(this.#text) as Document; // the text is of one, says KeptDocuments
    this.#document = document;
    this.#shelf.putAtHand(this);
    return document;
  }

  /** Another document in its place. */
  replacedBy(document: Document): Kept<Document> {
    return this.#shelf.keep(JSON.stringify(document), document);
  }

  putAway(): void {
    this.#document = undefined;
  }
}

export class KeptDocuments<Document> {
  readonly #lately: Kept<Document>[] = [];
  #next = 0;

  /** @param text what `document` was parsed from. */
  keep(text: string, document: Document): Kept<Document> {
    const kept = new Kept(text, document, this);
    this.putAtHand(kept);
    return kept;
  }

  putAtHand(kept: Kept<Document>): void {
    this.#lately[this.#next]?.putAway();
    this.#lately[this.#next] = kept;
    this.#next = (this.#next + 1) % atHand;
  }
}
