/** One task at a time, in the order of asking (K3). A task that fails does not stop those behind it. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #running = 0;

  /** True while a task runs or waits for its turn. */
  get busy(): boolean {
    return this.#running > 0;
  }

  take<T>(task: () => T | Promise<T>): Promise<T> {
    this.#running += 1;
    const turn = this.#last.then(task);
    this.#last = turn.then(this.#done, this.#done);
    return turn;
  }

  readonly #done = (): void => {
    this.#running -= 1;
  };
}
