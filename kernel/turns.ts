/** One task at a time, in the order of asking (K3). A task that fails does not stop those behind it. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(task: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.then(ignore, ignore);
    return turn;
  }
}

function ignore(): void {}
