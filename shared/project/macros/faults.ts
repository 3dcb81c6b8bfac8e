/** Why an expression has no value here. */
export class NoValue extends Error {}

/** A problem inside a macro; `offset` is in the author's text. */
export class MacroFault extends Error {
  readonly offset: number;
  readonly code: 'model.invalid' | 'model.unsupported';
  readonly remedy: string | undefined;

  constructor(
    message: string,
    offset: number,
    more: { code?: 'model.invalid' | 'model.unsupported'; remedy?: string } = {},
  ) {
    super(message);
    this.offset = offset;
    this.code = more.code ?? 'model.invalid';
    this.remedy = more.remedy;
  }
}
