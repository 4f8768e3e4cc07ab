import { useEffect, useState } from 'react';
import { drawQrCode, type QrCode } from '../../api/qr-code.js';

/** A QR code, dark on light in every theme. `label` says what it has; nothing if it cannot be drawn. */
export function QrImage({ content, label }: { content: string; label: string }) {
  const [code, setCode] = useState<QrCode | null>(null);
  useEffect(() => {
    // The same text is beside the picture.
    drawQrCode(content).then(setCode, () => undefined);
  }, [content]);
  if (code === null) return null;
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${code.size} ${code.size}`}>
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
