/** A message and its reply in the screenshots. */
export interface Talk {
  message: string;
  reply: string;
}

/** The conversation on the screenshot of the chat page. */
export const bread: Talk = {
  message: 'Can I bake a sourdough loaf in a single day?',
  reply: `Yes. Ten hours are enough if the dough stays **warm**, around 26 °C.

| Step | When | What to look for |
| --- | --- | --- |
| Mix, rest | 8:00 | no dry flour left |
| Fold four times | 9:00 – 11:00 | smooth and springy |
| Bulk rise | until 14:00 | half as big again, domed |
| Shape, bake | 16:30 | 45 minutes at 240 °C, lid off halfway |

For 500 g of flour take 350 g of water, 100 g of starter and 10 g of salt. A day's loaf is milder than one that slept in the fridge, and its crust is thinner.`,
};

export const breadAgain: Talk = {
  message: 'And if my kitchen only has 20 °C?',
  reply: 'Then give the bulk rise **two hours more**, or put the bowl in the oven with only its light on.',
};

/** The messages of other days. */
export const talks: readonly Talk[] = [
  {
    message: 'Which rivers are the longest, and where do they end?',
    reply:
      'The Nile ends in the Mediterranean, the Amazon in the Atlantic, the Yangtze in the East China Sea.',
  },
  {
    message: 'Put this more kindly: the report is late again',
    reply: 'When do you think the report will be ready? I would like to plan the review around it.',
  },
  {
    message: 'What is a good name for a choir of engineers?',
    reply: '“The Load Balancers”, or “The Unit Tests”.',
  },
  {
    message: 'Explain compound interest to a ten-year-old',
    reply: 'You get a coin for keeping coins. Next year you get coins for that coin, too.',
  },
  {
    message: 'How many litres fit in a cylinder 40 cm high and 30 cm wide?',
    reply: 'π × 15² × 40 ≈ 28,274 cm³: a little more than **28 litres**.',
  },
  {
    message: 'Draft a note to the neighbours about Saturday',
    reply:
      'Dear neighbours, on Saturday we celebrate until eleven. Come by, or knock if it is too loud. Yours, the third floor',
  },
  {
    message: 'Why is the sky red at dusk?',
    reply: 'The light comes a longer way through the air, which scatters the blue out of it.',
  },
  {
    message: 'A packing list for three days of hiking',
    reply: '- boots, two pairs of socks\n- a rain jacket\n- water for half a day\n- a map on paper',
  },
  {
    message: 'What does “idempotent” mean?',
    reply: 'Doing it twice changes no more than doing it once: like pressing the button of a lift again.',
  },
  {
    message: 'Suggest a title for a talk on tides',
    reply: '“Twice a day, and never at the same hour”.',
  },
];

/** The packages for sale. */
export const packages = [
  { id: 'small', name: 'For a week', credits: 10_000, price: 500, currency: 'eur' },
  { id: 'medium', name: 'For a month', credits: 50_000, price: 2000, currency: 'eur' },
  {
    ...{ id: 'large', name: 'For a team', credits: 250_000, bonus_credits: 25_000 },
    ...{ bonus_expires_after: '90d', price: 9000, currency: 'eur' },
  },
];

/** The users. The first one is on the screenshots of the chat page. */
export const people = [
  'nora.weiss',
  'tom_okafor',
  'elena.ruiz',
  'jonas_berg',
  'mei.tanaka',
  'samuel.lind',
  'aisha_k',
  'pieter.devos',
] as const;

export const keeper = 'marta.holm';
