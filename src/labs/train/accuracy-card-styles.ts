/** The look of the accuracy card: two numbers and a matrix, right in ink, wrong in red. */
import { css } from 'lit';

export const accuracyCardStyles = css`
  .scores {
    display: flex;
    gap: 22px;
  }
  .big {
    font-size: 30px;
    min-width: 92px;
  }
  .room {
    height: 92px;
    padding-top: 10px;
  }
  table {
    width: 100%;
    margin-top: 10px;
    font-size: 12px;
    text-align: center;
    border-collapse: separate;
    table-layout: fixed;
  }
  .small {
    border-spacing: 4px;
    margin: 8px -4px -4px;
    width: calc(100% + 8px);
  }
  th {
    font-weight: 400;
    color: var(--soft);
    padding: 3px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .small tr > :first-child {
    width: 62px;
    text-align: left;
  }
  .small td {
    padding: 6px 4px;
    border-radius: 5px;
    border: 1px solid transparent;
  }
  .small .right {
    background: var(--line);
    font-weight: 600;
  }
  .small .wrong {
    color: var(--bad);
    border-color: var(--bad);
  }
  .small .none {
    border-color: var(--line);
    color: var(--soft);
  }
  .large {
    border-spacing: 2px;
  }
  .names {
    width: 74px;
  }
  .large th {
    padding: 0 4px 0 0;
    text-align: left;
    font-size: 11px;
    line-height: 17px;
  }
  .large td {
    padding: 0;
    height: 17px;
    border-radius: 3px;
  }
  .large .right {
    background: color-mix(in oklab, var(--ink) var(--strength), var(--line));
  }
  .large .wrong {
    background: color-mix(in oklab, var(--bad) var(--strength), var(--paper));
  }
  .key {
    margin-top: 6px;
    font-size: 12px;
  }
  scatter-chart {
    height: 200px;
    margin-top: 10px;
  }
`;
