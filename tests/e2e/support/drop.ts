/** A file that is let go somewhere on the page. */
import type { Page } from 'playwright-core';

export async function drop(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  await page.evaluate(
    ({ file, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], file));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }));
    },
    { file: name, bytes: [...(typeof content === 'string' ? Buffer.from(content) : content)] },
  );
}
