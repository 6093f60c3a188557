/** The look of the graph: ink on paper, what just happened in full ink, what has no value in red. */
import { css } from 'lit';

export const graphPictureStyles = css`
  :host {
    --wire: color-mix(in oklab, var(--soft) 45%, var(--line));
    min-width: 0;
    min-height: 0;
    overflow: hidden;
  }
  .scroll {
    width: 100%;
    height: 100%;
    overflow: auto;
    scrollbar-width: thin;
    display: grid;
    border-radius: 6px;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  svg {
    display: block;
    margin: auto;
    font-size: 12.5px;
    fill: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  text {
    text-anchor: middle;
    pointer-events: none;
  }
  rect {
    fill: var(--card);
    stroke: var(--wire);
    stroke-width: 1.5;
  }
  .input rect {
    fill: var(--paper);
    stroke: var(--soft);
    stroke-dasharray: 3 3;
  }
  .active rect {
    stroke: var(--ink);
    stroke-width: 2.5;
    stroke-dasharray: none;
  }
  .input {
    cursor: ew-resize;
    touch-action: none;
  }
  .input:hover rect {
    stroke: var(--ink);
  }
  .input:focus-visible {
    outline: none;
  }
  .input:focus-visible rect {
    stroke: var(--gpu);
    stroke-width: 3;
    stroke-dasharray: none;
  }
  .title {
    fill: var(--soft);
    font-size: 13px;
  }
  .name {
    fill: var(--ink);
    font-weight: 650;
  }
  .value {
    font-size: 17px;
    font-weight: 640;
  }
  .derivative {
    font-size: 13px;
    font-weight: 640;
  }
  .sum {
    font-size: 12px;
    fill: var(--soft);
  }
  .bad rect {
    stroke: var(--bad);
    fill: var(--bad-soft);
  }
  .why {
    fill: var(--soft);
    font-size: 12px;
  }
  .bad .why {
    fill: var(--bad);
    font-weight: 600;
  }
  path {
    fill: none;
    stroke: var(--wire);
    stroke-width: 1.5;
  }
  path.done {
    stroke: var(--soft);
  }
  path.active {
    stroke: var(--ink);
    stroke-width: 2.5;
  }
  path.bad {
    stroke: var(--bad);
  }
  .label {
    text-anchor: end;
    font-size: 11.5px;
    fill: var(--soft);
    paint-order: stroke;
    stroke: var(--card);
    stroke-width: 4px;
    stroke-linejoin: round;
  }
  .label.active {
    fill: var(--ink);
    font-weight: 640;
  }
  .label.bad {
    fill: var(--bad);
  }
  @media (prefers-reduced-motion: no-preference) {
    path,
    rect {
      transition: stroke 150ms ease;
    }
  }
`;
