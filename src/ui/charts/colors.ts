/** Colours for what is painted by hand: the custom properties of `theme.css`, resolved where they are used. */

const colorNames = ['paper', 'card', 'ink', 'soft', 'line', 'gpu', 'cpu', 'cpu-ink', 'bad', 'good'] as const;

export type ColorName = (typeof colorNames)[number];

/** The element's colours as they are now; read once, because each reading may make the browser style the page anew. */
export function colorsOf(element: Element): (name: ColorName) => string {
  const style = getComputedStyle(element);
  const colors = new Map(colorNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return (name) => colors.get(name) ?? 'gray';
}

export const chartFont = 'ui-sans-serif, system-ui, "Noto Sans", sans-serif';

/** Sizes a canvas for sharp pixels and hands back its context in CSS pixels, or null where there is none. */
export function sharpContext(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
