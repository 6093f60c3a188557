/** The look of a workload's table; on a phone, a block a lane. */
import { css } from 'lit';

export const workloadTableStyles = css`
  section {
    padding: 14px 0 12px;
    border-top: 1px solid var(--line);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 16px;
  }
  h3 {
    margin: 0;
    font-size: 14px;
    font-weight: 650;
  }
  .speed-up b {
    font-size: 17px;
    font-weight: 640;
    font-variant-numeric: tabular-nums;
  }
  .speed-up span {
    white-space: nowrap;
  }
  .gpu {
    color: var(--gpu);
  }
  .cpu {
    color: var(--cpu-ink);
  }
  .bad {
    color: var(--bad);
  }
  .note {
    padding-top: 6px;
  }
  details {
    margin-top: 6px;
    font-size: 12.5px;
    color: var(--soft);
  }
  summary {
    cursor: pointer;
    color: var(--ink);
  }
  ul {
    margin: 4px 0 0;
    padding: 0;
    list-style: none;
  }
  li {
    padding: 2px 0;
    text-wrap: pretty;
  }
  table {
    width: 100%;
    table-layout: fixed;
    margin-top: 6px;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  col.lane {
    width: 17%;
  }
  col.ms,
  col.dispatches {
    width: 10%;
  }
  col.ci,
  col.answer {
    width: 16%;
  }
  col.rate {
    width: 8%;
  }
  td.ms {
    font-weight: 600;
  }
  th,
  td {
    padding: 3px 0 3px 12px;
    text-align: right;
    font-weight: 400;
    white-space: nowrap;
    vertical-align: baseline;
  }
  th:first-child {
    padding-left: 0;
    text-align: left;
  }
  thead th {
    font-size: 12px;
    color: var(--soft);
  }
  tbody th {
    font-weight: 600;
  }
  td:last-child,
  thead th:last-child {
    text-align: left;
    white-space: normal;
    color: var(--soft);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  td.why {
    text-align: left;
    white-space: normal;
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  @media (max-width: 759px) {
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    colgroup,
    col {
      display: none;
    }
    table,
    tbody,
    th,
    td {
      display: block;
      text-align: left;
    }
    tbody tr {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 2px 14px;
      padding: 8px 0;
    }
    tbody tr + tr {
      border-top: 1px dashed var(--line);
    }
    th,
    td {
      padding: 0;
    }
    tbody th,
    td.why,
    td.answer {
      grid-column: 1 / -1;
    }
    td[data-label] {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
      gap: 8px;
      min-width: 0;
      text-align: right;
    }
    td[data-label]::before {
      content: attr(data-label);
      color: var(--soft);
      font-size: 12px;
    }
    td.empty {
      display: none;
    }
  }
`;
