/** One measured number. `bar` absent: for information. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly bar?: number;
}
