/** The look of the single neuron. */
import { css } from 'lit';

export const neuronCardStyles = css`
  /* x and X are two things */
  h2 {
    font-size: 14px;
    text-transform: none;
    letter-spacing: 0;
    color: var(--ink);
  }
  .room {
    min-height: 120px;
  }
  choice-field,
  number-field {
    margin-top: 4px;
  }
  table {
    width: 100%;
    margin-top: 8px;
    border-collapse: collapse;
    font-size: 12.5px;
    line-height: 1.7;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: left;
    padding-bottom: 4px;
  }
  th {
    font-weight: 400;
    text-align: left;
    color: var(--soft);
  }
  td,
  thead th:not(:first-child) {
    text-align: right;
    padding-left: 8px;
    white-space: nowrap;
  }
  .total > * {
    border-top: 1px solid var(--line);
    color: var(--ink);
    font-weight: 600;
  }
  .chain {
    padding: 10px 0 4px;
    font-size: 15px;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 14px 0 4px;
    font-size: 14px;
    font-weight: 650;
  }
  svg {
    display: block;
    width: 100%;
    max-width: 480px;
    overflow: visible;
  }
  .band {
    fill: var(--line);
    opacity: 0.6;
  }
  .axis {
    stroke: var(--line);
  }
  .lines .axis {
    stroke: var(--soft);
    stroke-width: 1;
  }
  .drop {
    stroke: var(--soft);
    stroke-dasharray: 3 3;
  }
  polyline {
    fill: none;
    stroke: var(--soft);
    stroke-width: 1.8;
  }
  circle {
    fill: var(--ink);
    stroke: var(--card);
    stroke-width: 2;
  }
  circle.wrong {
    fill: var(--bad);
  }
  text {
    font-size: 12px;
    fill: var(--soft);
    font-variant-numeric: tabular-nums;
  }
  .tick {
    text-anchor: middle;
    font-size: 11px;
  }
  .value {
    fill: var(--ink);
    font-weight: 600;
  }
  .value.wrong {
    fill: var(--bad);
  }
  .words {
    min-height: 54px;
  }
  .written {
    line-height: 1.9;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  b {
    font-variant-numeric: tabular-nums;
  }
`;
