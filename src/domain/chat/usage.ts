/** What a model reports it consumed, in its own units. */
export interface Usage {
  input: number;
  output: number;
}
