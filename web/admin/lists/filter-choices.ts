/** The choices of a filter. The type of `names` requires a name for each value that the API accepts. */
export function choicesOf<Value extends string>(names: Record<Value, string>): { id: Value; name: string }[] {
  return (Object.entries(names) as [Value, string][]).map(([id, name]) => ({ id, name }));
}
