/** A QR code as the outline of its dark modules, in a square whose sides have `size` units. */
export interface QrCode {
  size: number;
  /** The data of an SVG path. */
  path: string;
}

/** Draws a QR code, with the light border that scanners require. */
export async function drawQrCode(content: string): Promise<QrCode> {
  const { encode } = await import('uqr');
  const { data, size } = encode(content, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}
