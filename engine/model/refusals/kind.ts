/** What every refusal says of itself. */

export interface RefusalKind {
  readonly httpStatus: number;
  /** Application code of a TMF630 error; 62, for a conflict, is ours, since TMF630 names none. */
  readonly tmfCode: string;
  readonly reason: string;
  /** `{name}` stands for a value given with the refusal. */
  readonly text: string;
  readonly remedy: string;
  /** The text is part of a published interface: callers get it as it is, without the remedy behind it. */
  readonly published?: true;
}
