/** The defaults of password hashing. The cost is that of bcrypt; the queue is the hashing that may wait, in milliseconds. */
export const hashingDefaults = { bcryptCost: 12, queueMs: 10_000 };
