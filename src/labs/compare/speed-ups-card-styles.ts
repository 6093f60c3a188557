/** The look of the table of speed-ups: quiet rows, one axis, the engines' colours for who is ahead. */
import { css } from 'lit';

export const speedUpsCardStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 6px 12px;
    margin-bottom: 8px;
  }
  h2 {
    margin: 0;
  }
  .scroll {
    overflow: auto;
    max-height: 460px;
    scrollbar-width: thin;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    min-width: 520px;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  th {
    font-weight: 500;
    text-align: left;
  }
  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--card);
    color: var(--soft);
    font-size: 12px;
    padding: 2px 10px 4px 0;
    border-bottom: 1px solid var(--line);
  }
  .group th {
    padding: 10px 0 2px;
    color: var(--soft);
    font-size: 12.5px;
  }
  tbody td,
  tbody th[scope='row'] {
    padding: 2px 12px 2px 0;
    white-space: nowrap;
  }
  th[scope='row'] {
    max-width: 170px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .strip {
    width: 42%;
    min-width: 150px;
  }
  td.gpu,
  td.cpu,
  thead .gpu,
  thead .cpu {
    text-align: right;
  }
  .gpu {
    color: var(--gpu);
  }
  td.cpu,
  thead .cpu,
  .figure.cpu {
    color: var(--cpu-ink);
  }
  .figure {
    font-weight: 650;
  }
  .figure.even {
    font-weight: 500;
  }
  .bad {
    color: var(--bad);
  }
  svg {
    display: block;
    overflow: visible;
  }
  .axis text {
    fill: var(--soft);
    font-size: 11px;
  }
  .mark line {
    stroke: var(--ink);
    stroke-width: 2;
  }
  .mark circle {
    fill: var(--ink);
  }
  .mark.gpu line {
    stroke: var(--gpu);
  }
  .mark.gpu circle {
    fill: var(--gpu);
  }
  .mark.cpu line {
    stroke: var(--cpu);
  }
  .mark.cpu circle {
    fill: var(--cpu);
  }
  .mark line.one {
    stroke: var(--soft);
    stroke-width: 1;
    stroke-dasharray: 3 3;
  }
  p {
    margin-top: 10px;
  }
`;
