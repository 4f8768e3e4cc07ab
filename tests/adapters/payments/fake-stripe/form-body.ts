/** A value of a form whose names contain brackets, as Stripe's API takes it. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = Record<string, FormValue>;

/** Parses `a[b][0][c]=1`, as Stripe documents it: brackets are objects, and numbers within them indexes of lists. */
export function parseForm(body: string): Form {
  const root: Form = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const keys = [
      name.replace(/\[.*$/, ''),
      ...Array.from(name.matchAll(/\[([^\]]*)\]/g), ([, key]) => key ?? ''),
    ];
    assign(root, keys, value);
  }
  return withLists(root) as Form;
}

function assign(into: Form, [key = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    into[key === '' ? String(Object.keys(into).length) : key] = value;
    return;
  }
  const child = into[key];
  const next = typeof child === 'object' && !Array.isArray(child) ? child : {};
  into[key] = next;
  assign(next, rest, value);
}

function withLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, withLists(child)] as const);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

/** Returns what is at a path such as `line_items.0.price_data.currency`; undefined if it is absent or not a text. */
export function textAt(form: Form, path: string): string | undefined {
  let value: FormValue | undefined = form;
  for (const key of path.split('.')) {
    if (typeof value !== 'object') return undefined;
    value = Array.isArray(value) ? value[Number(key)] : value[key];
  }
  return typeof value === 'string' ? value : undefined;
}

/** Returns the texts of an object or a list at the top level; empty if it is absent. */
export function textsAt(form: Form, path: string): Record<string, string> {
  let value: FormValue | undefined = form;
  for (const key of path.split('.'))
    value = typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined;
  if (typeof value !== 'object') return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
