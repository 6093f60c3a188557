/** The look of the four curves: two small pictures above each other, a dot on each, two numbers below. */
import { css } from 'lit';

export const curvesCardStyles = css`
  .top {
    display: flex;
    align-items: center;
    gap: 4px 14px;
    margin-bottom: 8px;
  }
  h2 {
    margin: 0;
    flex: none;
  }
  .z {
    flex: none;
    min-width: 74px;
    margin-left: auto;
    text-align: right;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  value-slider {
    flex: 0 1 200px;
    min-width: 90px;
  }
  .four {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 12px 16px;
  }
  figure {
    margin: 0;
    min-width: 0;
  }
  figcaption {
    font-weight: 600;
    font-size: 13px;
    white-space: nowrap;
  }
  .plot {
    position: relative;
    margin: 4px 0 0 18px;
    cursor: ew-resize;
    touch-action: pan-y;
    user-select: none;
  }
  .plot.value {
    height: 74px;
  }
  .plot.slope {
    height: 48px;
    margin-top: 8px;
  }
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
  }
  svg * {
    vector-effect: non-scaling-stroke;
    fill: none;
  }
  .grid {
    stroke: var(--line);
  }
  .zero {
    stroke: color-mix(in srgb, var(--soft) 55%, var(--card));
  }
  .line {
    stroke: var(--ink);
    stroke-width: 1.8;
  }
  .area {
    fill: var(--ink);
    fill-opacity: 0.14;
  }
  .at {
    stroke: var(--soft);
    stroke-dasharray: 3 3;
  }
  .dot {
    position: absolute;
    width: 11px;
    height: 11px;
    margin: -5.5px 0 0 -5.5px;
    border-radius: 50%;
    background: var(--ink);
    border: 2px solid var(--card);
  }
  .tick {
    position: absolute;
    right: calc(100% + 4px);
    transform: translateY(-50%);
    font-size: 10.5px;
    line-height: 1;
    color: var(--soft);
    font-variant-numeric: tabular-nums;
  }
  .which {
    position: absolute;
    left: 4px;
    top: 1px;
    font-size: 12px;
    font-style: italic;
    color: var(--soft);
  }
  dl {
    margin: 6px 0 0;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  dl div {
    display: flex;
    justify-content: space-between;
    gap: 6px;
  }
  dt {
    color: var(--soft);
    white-space: nowrap;
  }
  dd {
    margin: 0;
    font-weight: 600;
  }
  @media (max-width: 759px) {
    .four {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .top {
      flex-wrap: wrap;
    }
    value-slider {
      flex: 1 1 100%;
    }
  }
`;
