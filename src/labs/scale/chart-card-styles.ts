/** The look of the two cards with a chart: a headline that the eye lands on, a chart that fills the card, sentences below. */
import { css } from 'lit';

export const chartCardStyles = css`
  :host {
    display: flex;
  }
  .card {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-direction: column;
    padding-bottom: 12px;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    min-height: 26px;
    margin-bottom: 8px;
  }
  h2 {
    margin: 0;
  }
  .big {
    font-size: clamp(26px, 2.9vw, 40px);
    line-height: 1.05;
    text-wrap: balance;
  }
  .big.wait {
    color: var(--soft);
    font-weight: 500;
    letter-spacing: -0.01em;
  }
  .words {
    margin: 4px 0 8px;
    color: var(--soft);
    font-size: 14px;
    line-height: 1.35;
    min-height: 38px;
  }
  layer-chart {
    flex: 1 1 240px;
    min-height: 240px;
  }
  .nothing {
    flex: 1 1 220px;
    display: grid;
    place-items: center;
    border: 1px dashed var(--line);
    border-radius: 8px;
    padding: 16px;
    text-align: center;
    text-wrap: balance;
  }
  .found {
    flex: none;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    line-height: 1.4;
    max-height: 158px;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  @media (max-width: 759px) {
    .found {
      max-height: none;
    }
    layer-chart,
    .nothing {
      flex-basis: 320px;
    }
  }
`;
