import type { ModelOffer, ModelOffers } from './model-offer.js';

/** A model and those that are asked in turn when it fails before its first piece. */
export type OfferChain = readonly [ModelOffer, ...ModelOffer[]];

/**
 * The model of a name, the first one where the name is null, with its fallbacks in order; null when there is no such
 * model. Throws a TypeError where the offers have faults.
 */
export function chainOf(offers: ModelOffers, name: string | null): OfferChain | null {
  const first = name === null ? offers[0] : offers.find((offer) => offer.name === name);
  if (first === undefined) return null;
  const chain: [ModelOffer, ...ModelOffer[]] = [first];
  for (let next = first.fallback; next !== null; next = chain.at(-1)?.fallback ?? null) {
    const offer = offers.find((candidate) => candidate.name === next);
    if (offer === undefined || chain.includes(offer)) {
      throwIfOffersInvalid(offers);
      break;
    }
    chain.push(offer);
  }
  return chain;
}

/** Throws a TypeError that names every fault of the offers as a whole; does nothing when there is none. */
export function throwIfOffersInvalid(offers: readonly Link[]): void {
  const faults = offerProblems(offers);
  if (faults.length > 0) throw new TypeError(`The models do not go together: ${faults.join('; ')}.`);
}

/** What of a model says how it stands among the others. */
export type Link = Pick<ModelOffer, 'name' | 'fallback'>;

/** What is wrong with models as a whole: two of one name, a fallback that is none of them, fallbacks in a circle. */
export function offerProblems(offers: readonly Link[]): string[] {
  const names = offers.map(({ name }) => name);
  const twice = new Set(names.filter((name, position) => names.indexOf(name) !== position));
  const unknown = offers.filter(({ fallback }) => fallback !== null && !names.includes(fallback));
  const circles = offers.filter((offer) => isInCircle(offers, offer));
  return [
    ...[...twice].map((name) => `two models are named "${name}"`),
    ...unknown.map(({ name, fallback }) => `the model "${name}" falls back to "${fallback}", which is none`),
    ...circles.map(({ name }) => `the model "${name}" falls back to itself`),
  ];
}

function isInCircle(offers: readonly Link[], start: Link): boolean {
  const passed = new Set<string>();
  let next = start.fallback;
  while (next !== null && !passed.has(next)) {
    if (next === start.name) return true;
    passed.add(next);
    next = offers.find(({ name }) => name === next)?.fallback ?? null;
  }
  return false;
}
