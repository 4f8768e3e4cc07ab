/** The seed that the environment asks for, or another one every time. */
export function chosenSeed(): number {
  const given = process.env['SEED'];
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
}
