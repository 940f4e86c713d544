/** Work orders: what somebody goes out and does for a domain order, or for a task of its plan. */
import type { JsonObject } from '../json.ts';

/** What somebody says of work that is wanted: the policies have the last word. */
export interface WorkSaid {
  /** What is thought to be done; refused where the policies say something else. */
  readonly type?: string;
  /** Told to whoever does it, in place of what the policies say. */
  readonly description?: string;
  readonly kept: JsonObject;
}

/** What is to be done. */
export interface Job {
  /** In a word or two, such as `Installation`; whoever does the work knows it by this. */
  readonly type: string;
  readonly description?: string;
  /** Id of the order task that it does; absent where it is for the domain order as a whole. */
  readonly task?: string;
  /** Set while the task is held by hand: whoever does the work is asked to wait. */
  readonly suspended?: true;
}
