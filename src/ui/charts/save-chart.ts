/** Hands a chart to the browser's downloads, as SVG or, drawn from that, as PNG. */
import { msg } from '@lit/localize';
import { download } from '../download.ts';

const pngScale = 2;

async function painted(svg: string): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width * pngScale, image.height * pngScale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error(msg('This browser has no canvas to paint the picture on.'));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param name of the file, without its ending */
export async function saveChart(svg: string, name: string, format: 'png' | 'svg'): Promise<void> {
  const blob = format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await painted(svg);
  download(blob, `${name}.${format}`);
}
