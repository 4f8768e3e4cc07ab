/** A promise's full figure, or the smaller one that `FIGURE` asks for where the test itself is what is tried out. */
export function fullFigure(figure: number): number {
  const asked = Number(process.env['FIGURE'] ?? figure);
  return Math.min(figure, asked);
}
